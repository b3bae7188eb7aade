import type { JsMsg } from "@nats-io/jetstream";
import { generationOf, Header } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { type TaskEvent, TaskEvents } from "#shared/messages";
import type { Pipeline } from "#shared/pipeline";

/** A message of a pipeline as a live event: what happened to a run. */
export interface RunEventData {
  type: string;
  uid: string;
  /** The part of the run it is about; the state of the run stays as it is then. */
  part?: string;
  state: string;
  final: boolean;
  waits: boolean;
  seq: number;
  at: number;
  generation: number;
  /** The body, artifacts by name only. */
  body: Record<string, unknown>;
}

/** What a pipeline's message says, or null when the pipeline does not declare it. */
export function describeRunEvent(pipeline: Pipeline, message: JsMsg): RunEventData | null {
  const parts = message.subject.split(".");
  const type = parts.slice(0, 2).join(".");
  const spec = pipeline.messages[type];
  if (!spec) return null;
  const body = readBody(message);
  if (typeof body.artifacts === "object" && body.artifacts !== null)
    body.artifacts = Object.keys(body.artifacts);
  return {
    type,
    uid: parts[2] ?? String(body.uid ?? ""),
    ...(spec.part && parts[3] !== undefined ? { part: parts[3] } : {}),
    state: spec.state,
    final: spec.final ?? false,
    waits: spec.waits ?? false,
    seq: message.seq,
    at: message.time.getTime(),
    generation: generationOf(message.headers),
    body,
  };
}

/** The lifecycle events of one message of stream TASKS. */
export function taskEventsOf(message: JsMsg): TaskEvent[] {
  const parsed = TaskEvents.safeParse(readBody(message));
  return parsed.success ? parsed.data.events : [];
}

function readBody(message: JsMsg): Record<string, unknown> {
  try {
    return { ...(decodeBody(message.data, message.headers?.get(Header.contentType) || undefined) as object) };
  } catch {
    // A poison message is an event too; what it holds is in its dead letter.
    return {};
  }
}
