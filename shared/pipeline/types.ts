import type { z } from "zod";
import type { JoinPolicy, ModelName } from "#shared/messages";

/** A class of workers. */
export type Queue = "default" | "gpu" | "light" | "ml_heavy" | "ml_light";

/** One kind of message of a pipeline. Its subject is `<type>.<run id>`, or `<type>.<run id>.<part>`. */
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
  /** About one part of a run, on `<type>.<run id>.<part>`; the state of the run stays as it is. */
  part?: boolean;
  /** Published by the server's scheduler when a join's deadline comes; the state of the run stays as it is. */
  timer?: boolean;
  /** One for the whole pipeline, on the bare subject: the last one counts. No stage takes it. */
  single?: boolean;
}

/** Fan-in: how the parts of a run come together again. The stage that declares it needs no handler. */
export interface JoinSpec<M extends string = string> {
  /** Tells which parts there are; the result of the stage that planned them, stored with them or not at all. */
  planned: M;
  /** The task of one part; everything about it is on `<type>.<run>.<part>`. */
  task: M;
  /** The result of one part. */
  result: M;
  /** Says that a part will give no result: attempts used up, impossible, revoked. */
  lost: M;
  /** The deadline, published by the server. */
  overdue: M;
  /** When the join fires; the plan may say otherwise. */
  policy: JoinPolicy;
  /** From the plan to the deadline; the plan may say otherwise. */
  deadlineMs: number;
  /**
   * How plan and parts are stored: `atomic` is one batch of the server, seen whole or not at all; `logged` stores the plan
   * with all parts in it first and then each part, which whoever takes the plan completes. The second is several times
   * faster, and for a moment after a crash a plan may be seen without all its parts.
   * @default "atomic"
   */
  fanOut?: "atomic" | "logged";
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
  /**
   * Runs on the worker's event loop instead of an executor process: for handlers that do not compute. While a model it declares
   * is live, which is when it would, it runs in an executor all the same.
   */
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
  /** Models it runs: the live version of each is loaded before a task, and a promotion is picked up by the next one. */
  models?: readonly ModelName[];
  /** Takes only the parts of these names: so that two queues can share the parts of a run. @default all */
  parts?: readonly string[];
  /** Joins the parts of a run; `gives` is the one message it fires. */
  join?: JoinSpec<M>;
}

/** A stage with every default filled in. */
export interface Stage extends Required<Omit<StageSpec, "takes" | "gives" | "parts" | "join">> {
  name: string;
  pipeline: string;
  takes: readonly string[];
  gives: readonly string[];
  /** JetStream filter subjects of its consumer. */
  filters: readonly string[];
  parts?: readonly string[];
  join?: JoinSpec;
  /** For a stage that works on parts: what is published when one is lost. */
  lost?: string;
}

/** A schedule a new installation has; from then on it is the operators'. */
export interface ScheduleSpec<M extends string = string> {
  name: string;
  /** Message it publishes: an entry of the pipeline. */
  type: M;
  body: Record<string, unknown>;
  /** Six fields: second, minute, hour, day of month, month, day of week. */
  cron: string;
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
  schedules: readonly ScheduleSpec[];
  /** Message that ends a run in error, and the one that ends it by a person's wish. */
  failed: keyof M & string;
  revoked: keyof M & string;
}
