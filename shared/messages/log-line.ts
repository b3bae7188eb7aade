import { z } from "zod";

/** A line a handler wrote, kept with its task. */
export const LogLine = z.object({
  /** Ms since the epoch. */
  at: z.number(),
  level: z.enum(["debug", "info", "warn"]),
  message: z.string(),
  fields: z.record(z.string(), z.unknown()).optional(),
});
export type LogLine = z.infer<typeof LogLine>;

/** A {@link LogLine}, or the text of one as it was stored before lines had fields: `<ISO time> <level> <message> <JSON>`. */
export const StoredLogLine = z.preprocess(
  (line) => (typeof line === "string" ? fromText(line) : line),
  LogLine,
);

const MESSAGE_MAX = 1000;
const FIELDS_MAX = 1000;

/** A line within bounds; fields that are no plain data, or too long, are kept as a piece of their text. */
export function logLine(level: LogLine["level"], message: string, fields?: Record<string, unknown>): LogLine {
  const line: LogLine = { at: Date.now(), level, message: String(message).slice(0, MESSAGE_MAX) };
  if (fields !== undefined) line.fields = plain(fields);
  return line;
}

function plain(fields: Record<string, unknown>): Record<string, unknown> {
  try {
    const text = JSON.stringify(fields);
    return text.length > FIELDS_MAX ? { cut: text.slice(0, FIELDS_MAX) } : JSON.parse(text);
  } catch (error) {
    return { unreadable: (error as Error).message.slice(0, 200) };
  }
}

function fromText(text: string): LogLine {
  const match = text.match(/^(\d{4}-\S+Z) (debug|info|warn) (.*?)(?: (\{.*\}))?$/s);
  if (!match) return { at: 0, level: "info", message: text };
  const line: LogLine = { at: Date.parse(match[1]!), level: match[2] as "info", message: match[3]! };
  try {
    if (match[4] !== undefined) line.fields = JSON.parse(match[4]);
  } catch {
    line.message = `${line.message} ${match[4]}`;
  }
  return line;
}
