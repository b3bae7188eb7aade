import type { MsgHdrs } from "@nats-io/nats-core";
import { z } from "zod";
import { DeadHeader, generationOf, Header } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import {
  type AuditMessage,
  type DeadMessage,
  type OtherMessage,
  type RunMessage,
  type StreamRecord,
  taskId,
} from "#shared/history";
import { TaskEvents, WorkerBeat } from "#shared/messages";
import type { Pipeline } from "#shared/pipeline";
import { runOf } from "./run-of.ts";

/** What is needed of a delivered message. */
export interface Incoming {
  subject: string;
  seq: number;
  headers: MsgHdrs | undefined;
  data: Uint8Array;
  /** When the stream stored it, ms. */
  at: number;
}

const AuditBody = z.object({
  action: z.string().optional(),
  target: z.string(),
  by: z.string(),
  role: z.string().nullable().default(null),
  reason: z.string().nullable().default(null),
  details: z.record(z.string(), z.unknown()).nullable().default(null),
  at: z.number().optional(),
});

type Message = StreamRecord["message"];
const OTHER: OtherMessage = { kind: "other" };

/** The decoded body, or null for bytes that cannot be read: those are the dead letters' business. */
function bodyOf({ data, headers }: Incoming): unknown {
  try {
    return decodeBody(data, headers?.get(Header.contentType) || undefined);
  } catch {
    return null;
  }
}

/** Reads any message of the streams a tracker follows. Never throws: what makes no sense only takes its place. */
export function readRecord(stream: string, incoming: Incoming, pipelines: readonly Pipeline[]): StreamRecord {
  const pipeline = pipelines.find((each) => each.stream === stream);
  const message = pipeline
    ? readRun(pipeline, incoming)
    : stream === "DEAD"
      ? readDead(incoming)
      : readTask(incoming);
  return { stream, seq: incoming.seq, message };
}

function readRun(pipeline: Pipeline, incoming: Incoming): RunMessage | OtherMessage {
  const body = bodyOf(incoming) as Record<string, unknown> | null;
  const found = runOf(pipeline, incoming, body);
  if (!found) return OTHER;
  return {
    kind: "run",
    pipeline,
    ...found,
    generation: generationOf(incoming.headers),
    at: incoming.at,
    body: body ?? {},
  };
}

function readTask(incoming: Incoming): Message {
  if (incoming.subject.startsWith("task.events.")) {
    const parsed = TaskEvents.safeParse(bodyOf(incoming));
    return parsed.success ? { kind: "tasks", events: parsed.data.events } : OTHER;
  }
  if (incoming.subject.startsWith("task.audit.")) return readAudit(incoming);
  if (!incoming.subject.startsWith("task.worker.")) return OTHER;
  const parsed = WorkerBeat.safeParse(bodyOf(incoming));
  return parsed.success ? { kind: "beat", beat: parsed.data } : OTHER;
}

/** `task.audit.<action>`: who did what; entries of before there were roles and details lack them. */
function readAudit(incoming: Incoming): AuditMessage | OtherMessage {
  const parsed = AuditBody.safeParse(bodyOf(incoming));
  if (!parsed.success) return OTHER;
  const { action = incoming.subject.slice("task.audit.".length), at = incoming.at, ...rest } = parsed.data;
  return { kind: "audit", entry: { seq: incoming.seq, at, action, ...rest } };
}

/** `dead.<pipeline>.<stage>.<run>` with the story in its headers. */
function readDead({ subject, seq, headers, data, at }: Incoming): DeadMessage | OtherMessage {
  const [root, pipeline, stage, ...rest] = subject.split(".");
  if (root !== "dead" || !pipeline || !stage) return OTHER;
  const text = (name: string) => headers?.get(name) ?? "";
  const number = (name: string) => Math.max(0, Math.trunc(Number(text(name)) || 0));
  const run = rest.join(".");
  const generation = generationOf(headers);
  return {
    kind: "dead",
    ...(text(Header.part) ? { part: text(Header.part) } : {}),
    letter: {
      seq,
      pipeline,
      stage,
      run,
      task: taskId(stage, run, generation, text(Header.part) || undefined),
      reason: text(DeadHeader.reason),
      code: text(DeadHeader.code),
      message: text(DeadHeader.message),
      subject: text(DeadHeader.subject),
      stream: text(DeadHeader.stream),
      sequence: number(DeadHeader.sequence),
      deliveries: number(DeadHeader.deliveries),
      worker: text(DeadHeader.worker) || null,
      generation,
      size: data.byteLength,
      at,
    },
  };
}
