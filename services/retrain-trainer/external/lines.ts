import type { Readable } from "node:stream";

/** A line longer than this is cut: some programs draw progress bars without ever ending one. */
const LONGEST = 2_000;

/** Calls back with each line of a stream of text, `\r` counting as an end; settles when the stream has ended. */
export async function lines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  let held = "";
  const emit = (line: string) => {
    const text = line.trimEnd();
    if (text !== "") onLine(text.slice(0, LONGEST));
  };
  try {
    for await (const chunk of stream.setEncoding("utf8")) {
      const parts = (held + chunk).split(/\r\n|\r|\n/);
      held = (parts.pop() ?? "").slice(0, LONGEST);
      for (const part of parts) emit(part);
    }
  } catch {
    // The process is gone: what it said is what was read.
  }
  emit(held);
}
