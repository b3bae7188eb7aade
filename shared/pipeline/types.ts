import type { z } from "zod";

/** A class of workers. */
export type Queue = "default" | "gpu" | "light" | "ml_heavy" | "ml_light";

/** One kind of message of a pipeline. Its subject is `<type>.<run id>`. */
export interface MessageSpec<S extends z.ZodType = z.ZodType> {
  schema: S;
  summary: string;
  /** State of the run after this message. */
  state: string;
  /** True when the run is over with it. */
  final?: boolean;
  /** True when the run waits for a person. */
  waits?: boolean;
  /** Accepted on the bare subject `<type>` too, the id being made from the stream sequence. */
  anonymous?: boolean;
}

/** One stage: a durable pull consumer, a handler and its limits. */
export interface StageSpec<M extends string = string> {
  /** Folder under services/ that holds it. */
  service: string;
  /** File in that folder, without extension, whose default export is the definition. @default "stage" */
  module?: string;
  takes: readonly M[];
  gives: readonly M[];
  queue: Queue;
  summary: string;
  /** Runs on the worker's event loop instead of an executor process: for handlers that do not compute. */
  inline?: boolean;
  /** Slots of one worker. */
  concurrency?: number;
  /** Attempts after the first. */
  retries?: number;
  retryDelayMs?: number;
  /** The handler's signal is aborted after this. */
  softLimitMs?: number;
  /** The executor is killed after this. */
  hardLimitMs?: number;
  /** Lease of a delivered message; kept alive by heartbeats. */
  ackWaitMs?: number;
}

/** A stage with every default filled in. */
export interface Stage extends Required<Omit<StageSpec, "takes" | "gives">> {
  name: string;
  pipeline: string;
  takes: readonly string[];
  gives: readonly string[];
  /** JetStream filter subjects of its consumer. */
  filters: readonly string[];
}

/** A declared pipeline. Streams, consumers, types, pictures and checks derive from it. */
export interface Pipeline<
  M extends Record<string, MessageSpec> = Record<string, MessageSpec>,
  S extends Record<string, StageSpec> = Record<string, StageSpec>,
> {
  name: string;
  stream: string;
  /** Subjects the stream stores. */
  subjects: readonly string[];
  messages: { [K in keyof M]: M[K] & Omit<MessageSpec, "schema"> };
  stages: { [K in keyof S]: Stage };
  /** The declaration as written, for types. */
  declared: S;
  /** Message that ends a run in error, and the one that ends it by a person's wish. */
  failed: keyof M & string;
  revoked: keyof M & string;
}
