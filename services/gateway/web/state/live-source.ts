import { readEventStream } from "./event-stream.ts";
import type { LiveMessage } from "./live-event.ts";

/** Where the build puts `live-worker.ts`. */
const LIVE_WORKER = "/live-worker.js";

/**
 * The live events: through a worker that all tabs share, or, where the browser has none, through a stream of our own
 * that is closed while nobody looks at the tab.
 */
export function connectLive(tell: (message: LiveMessage) => void): void {
  if (typeof SharedWorker === "function") shared(tell);
  else own(tell);
}

function shared(tell: (message: LiveMessage) => void): void {
  let port: MessagePort | undefined;
  const open = () => {
    if (port) return;
    const worker = new SharedWorker(LIVE_WORKER, { type: "module", name: "penstock-live" });
    port = worker.port;
    port.onmessage = ({ data }: MessageEvent<LiveMessage>) => tell(data);
  };
  open();
  addEventListener("pagehide", () => {
    port?.postMessage("bye");
    port?.close();
    port = undefined;
  });
  // Back from the browser's page cache.
  addEventListener("pageshow", open);
}

function own(tell: (message: LiveMessage) => void): void {
  let close = readEventStream(tell);
  document.addEventListener("visibilitychange", () => {
    close();
    if (document.hidden) tell({ type: "state", state: "away" });
    else close = readEventStream(tell);
  });
}
