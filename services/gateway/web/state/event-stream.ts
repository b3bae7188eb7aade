import { paths } from "../api/paths.ts";
import { type LiveEvent, type LiveMessage, liveEvent } from "./live-event.ts";

/** Events are handed on in heaps this often: a busy system has hundreds a second. */
const GATHER_MS = 200;
/** After an HTTP error the browser gives up; we try again, ever later. */
const AGAIN_MS = { first: 1_000, most: 10_000 };

/**
 * Reads the gateway's event stream for as long as it is open; the browser reconnects and resumes by itself.
 * @returns closes it
 */
export function readEventStream(tell: (message: LiveMessage) => void): () => void {
  let source: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  let heap: LiveEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastId = "";
  let wait = AGAIN_MS.first;

  const take = (kind: "diagram" | "task") => (event: Event) => {
    const { data, lastEventId } = event as MessageEvent<string>;
    lastId = lastEventId || lastId;
    heap.push(liveEvent(kind, JSON.parse(data)));
    timer ??= setTimeout(() => {
      timer = undefined;
      tell({ type: "events", events: heap });
      heap = [];
    }, GATHER_MS);
  };
  const open = () => {
    source = new EventSource(lastId ? `${paths.events}?after=${encodeURIComponent(lastId)}` : paths.events);
    source.addEventListener("hello", (event) => {
      lastId ||= (event as MessageEvent).lastEventId;
      wait = AGAIN_MS.first;
      tell({ type: "state", state: "live" });
    });
    source.addEventListener("diagram", take("diagram"));
    source.addEventListener("task", take("task"));
    source.onerror = () => {
      tell({ type: "state", state: "away" });
      if (source.readyState !== EventSource.CLOSED) return;
      clearTimeout(again);
      again = setTimeout(open, wait);
      wait = Math.min(AGAIN_MS.most, wait * 2);
    };
  };
  open();
  return () => {
    clearTimeout(again);
    clearTimeout(timer);
    source.close();
  };
}
