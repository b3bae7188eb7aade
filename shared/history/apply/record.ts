import type { TaskEvent, WorkerBeat } from "#shared/messages";
import type { Pipeline } from "#shared/pipeline";
import type { AuditRecord, DeadLetter } from "../schemas/index.ts";

/** A message of a pipeline's stream, decoded. */
export interface RunMessage {
  kind: "run";
  pipeline: Pipeline;
  /** e.g. `diagram.segmented`; always declared by the pipeline. */
  type: string;
  run: string;
  /** Part of the run, for a message about one. */
  part?: string;
  generation: number;
  /** When the stream stored it. */
  at: number;
  /** The decoded body; empty when it could not be decoded, so that the run is seen all the same. */
  body: Record<string, unknown>;
}

/** Lifecycle events of one worker, in order. */
export interface TasksMessage {
  kind: "tasks";
  events: readonly TaskEvent[];
}

export interface BeatMessage {
  kind: "beat";
  beat: WorkerBeat;
}

export interface DeadMessage {
  kind: "dead";
  letter: DeadLetter;
  /** Part of the run, when the message that died was about one. */
  part?: string;
}

export interface AuditMessage {
  kind: "audit";
  entry: AuditRecord;
}

/** What cannot be read or does not concern us: only its place in the stream is noted. */
export interface OtherMessage {
  kind: "other";
}

/** One message of a stream, ready to be applied. */
export interface StreamRecord {
  stream: string;
  seq: number;
  message: RunMessage | TasksMessage | BeatMessage | DeadMessage | AuditMessage | OtherMessage;
}
