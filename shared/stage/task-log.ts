import type { LogLine } from "#shared/messages";

/** Lines kept back at most; the oldest go first. */
const LINES_MAX = 60;
/** A line waits this long for an event to travel with, ms. */
const PATIENCE_MS = 1_000;

/** Lines a handler writes, on their way to the task's history: with its next event, or with one of their own soon. */
export class TaskLog {
  readonly #send: () => void;
  #lines: LogLine[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param send emits an event that takes the lines along */
  constructor(send: () => void) {
    this.#send = send;
  }

  push(line: LogLine): void {
    if (this.#lines.push(line) > LINES_MAX) this.#lines.shift();
    this.#timer ??= setTimeout(this.#send, PATIENCE_MS);
  }

  /** Takes the lines nobody has been told of, if there are any. */
  take(): LogLine[] | undefined {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines.length === 0) return undefined;
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }
}
