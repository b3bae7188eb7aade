/// <reference lib="webworker" />
// One event stream for all tabs: a browser opens six connections to a host, and an open stream keeps one.
import { readEventStream } from "./event-stream.ts";
import type { LiveMessage } from "./live-event.ts";

const ports = new Set<MessagePort>();
let close: (() => void) | undefined;
let state: LiveMessage | undefined;

const tell = (message: LiveMessage) => {
  if (message.type === "state") state = message;
  for (const port of ports) port.postMessage(message);
};

addEventListener("connect", (event) => {
  const [port] = (event as MessageEvent).ports;
  if (!port) return;
  ports.add(port);
  port.onmessage = ({ data }) => {
    if (data !== "bye") return;
    ports.delete(port);
    if (ports.size > 0) return;
    close?.();
    close = undefined;
    state = undefined;
  };
  close ??= readEventStream(tell);
  if (state) port.postMessage(state);
});
