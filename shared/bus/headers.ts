import type { MsgHdrs } from "@nats-io/nats-core";
import { MsgHdrsImpl } from "@nats-io/nats-core/internal";

/** Headers every message carries, readable in the `nats` CLI. */
export const Header = {
  contentType: "Content-Type",
  /** Unique id of the message; also its `Nats-Msg-Id`. */
  id: "Penstock-Id",
  /** Id of the diagram or run. */
  run: "Penstock-Run",
  /** Name of the part of the run, on messages about one. */
  part: "Penstock-Part",
  /** Name of the schedule that published the message. */
  schedule: "Penstock-Schedule",
  /** Stream sequence of the message that led to this one. */
  cause: "Penstock-Cause",
  /** Counts manual retries of a run; absent means 0. */
  generation: "Penstock-Generation",
  traceparent: "traceparent",
  msgId: "Nats-Msg-Id",
  expectedLastSubjectSeq: "Nats-Expected-Last-Subject-Sequence",
  /** Which subjects the expected last sequence is about, with wildcards; the message's own unless given. */
  expectedLastSubject: "Nats-Expected-Last-Subject-Sequence-Subject",
} as const;

/** Headers of a dead letter, beside those of the message that died. */
export const DeadHeader = {
  code: "Penstock-Dead-Code",
  reason: "Penstock-Dead-Reason",
  message: "Penstock-Dead-Message",
  stack: "Penstock-Dead-Stack",
  stage: "Penstock-Dead-Stage",
  subject: "Penstock-Dead-Subject",
  stream: "Penstock-Dead-Stream",
  sequence: "Penstock-Dead-Sequence",
  deliveries: "Penstock-Dead-Deliveries",
  time: "Penstock-Dead-Time",
  worker: "Penstock-Dead-Worker",
} as const;

/** Header values are one line of printable text. */
export function headerText(value: string, max = 1000): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  const clean = /[\u0000-\u001f\u007f]/.test(value) ? value.replace(/[\u0000-\u001f\u007f]+/g, " ") : value;
  return clean.length > max ? clean.slice(0, max) : clean;
}

/** Values of headers by name; those that are undefined are left out. */
export type HeaderValues = Record<string, string | number | undefined>;

/** Name of a header that every message may carry. */
export type HeaderName = (typeof Header)[keyof typeof Header];

const KNOWN: ReadonlySet<string> = new Set(Object.values(Header));

/** NATS headers from records; later ones win. */
export function toHeaders(...records: readonly HeaderValues[]): MsgHdrsImpl {
  const result = new MsgHdrsImpl();
  for (const values of records) for (const name in values) setHeader(result, name, values[name]);
  return result;
}

/** Sets one header, unless its value is undefined. */
export function setHeader(headers: MsgHdrsImpl, name: string, value: string | number | undefined): void {
  if (value === undefined) return;
  const text = typeof value === "number" ? String(value) : headerText(value, 4000).trim();
  // `set` spells the name out letter by letter and looks through all others twice, for each header of each message.
  if (KNOWN.has(name)) headers.headers.set(name, [text]);
  else headers.set(name, text);
}

/** Generation written in a message's headers; 0 when there is none or it is no number. */
export function generationOf(headers: MsgHdrs | undefined): number {
  const value = Number(headers?.get(Header.generation) || 0);
  return Number.isSafeInteger(value) && value >= 0 ? value : 0;
}
