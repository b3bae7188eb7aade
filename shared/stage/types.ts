import type { z } from "zod";
import type { Bus } from "#shared/bus";
import type { ArtifactRef, JoinPolicy } from "#shared/messages";
import type { AttemptModels } from "#shared/models";
import type { Pipeline } from "#shared/pipeline";

/** Where a handler writes what a person may want to read later; the last lines are kept with the task. */
export interface StageLog {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
}

/** Artifacts of one attempt. Reading checks size and digest; writing makes a new key that no other attempt uses. */
export interface StageArtifacts {
  /**
   * @param limitBytes refuse anything larger before reading it (PermanentError `ARTIFACT_TOO_LARGE`)
   * @throws PermanentError `ARTIFACT_MISSING` when the object does not exist
   */
  get(ref: { bucket: string; key: string }, limitBytes?: number): Promise<Uint8Array>;
  /** Stores an artifact under its contract name, e.g. `pipe_mask.png`. */
  put(name: string, bytes: Uint8Array | string, contentType?: string): Promise<ArtifactRef>;
}

/**
 * A message a handler returns. A stage that returns parts plans them: they are stored together with its last message, the
 * plan of a join, or not at all.
 */
export interface Emission<T extends string = string, B = unknown> {
  type: T;
  /** @default the run's own */
  id?: string;
  /** Name of the part this is the task of, for parts of a plan; a part's result needs none. */
  part?: string;
  body: B;
  /** Sequence the last message of a `single` type must have: whoever is first takes it. */
  expectLast?: number;
  /** Of a plan: when its join fires. @default the join's declaration */
  policy?: JoinPolicy;
  /** Of a plan: how long its parts have. @default the join's declaration */
  deadlineMs?: number;
}

/** What a handler is given besides its message. What it does not look at is not made: pass it on, or parts of it, never a spread of it. */
export interface StageContext<Settings = unknown, Resources = unknown> {
  readonly settings: Settings;
  /** What `setup` returned, once per executor process. */
  readonly resources: Resources;
  readonly artifacts: StageArtifacts;
  /** Models, as live when the attempt began; those the declaration names. */
  readonly models: AttemptModels;
  readonly log: StageLog;
  /** Aborted at the soft time limit, on revoke and on shutdown; its reason is an Error. */
  readonly signal: AbortSignal;
  readonly task: {
    id: string;
    /** Id of the diagram or run. */
    run: string;
    /** Name of the part of the run, when the task is one. */
    part?: string;
    stage: string;
    /** 1 for the first execution. */
    attempt: number;
    /** Type of the message, e.g. `diagram.ingested`. */
    type: string;
  };
  /** @param fraction 0..1 */
  progress(fraction: number, note?: string): void;
}

type MessageOf<P extends Pipeline, T extends string> = T extends keyof P["messages"]
  ? z.output<P["messages"][T]["schema"]>
  : never;

/** The message type a declared stage takes. */
export type InputOf<P extends Pipeline, N extends keyof P["declared"]> = MessageOf<
  P,
  P["declared"][N]["takes"][number]
>;

/** Messages that are plans of a join. */
type PlannedOf<P extends Pipeline> = {
  [N in keyof P["declared"]]: P["declared"][N] extends { join: { planned: infer T } } ? T : never;
}[keyof P["declared"]];

/** A body as a handler returns it: what the runtime adds to a plan is not asked of it. */
type BodyOf<P extends Pipeline, T extends string> =
  T extends PlannedOf<P>
    ? Omit<z.input<P["messages"][T]["schema"]>, "join">
    : z.input<P["messages"][T]["schema"]>;

/** The emissions a declared stage may return. */
export type OutputOf<P extends Pipeline, N extends keyof P["declared"]> = {
  [T in P["declared"][N]["gives"][number]]: Emission<T, BodyOf<P, T>>;
}[P["declared"][N]["gives"][number]];

/** What `setup` is given. */
export interface SetupEnv<Settings> {
  settings: Settings;
  log: StageLog;
  /** To open early what the first task would open: then a model that cannot be used is told at the start. */
  models: AttemptModels;
  /** For the few stages that read other streams or buckets; results go through the handler's return all the same. */
  bus: Bus;
}

/** One stage, whole: settings, what it builds once, and the handler. It never acks, publishes, retries or times. */
export interface StageDefinition<
  P extends Pipeline = Pipeline,
  N extends keyof P["declared"] & string = keyof P["declared"] & string,
  S extends z.ZodObject = z.ZodObject,
  R = unknown,
> {
  pipeline: P;
  name: N;
  /** Read from the environment as `<STAGE>_<FIELD>` (`DETECT_SLICE_PX` for `slicePx` of `detect`); overridable at run time. */
  settings: S;
  /** Settings only the environment sets, never an operator while the stage runs: what is executed, above all. */
  pinned?: readonly (keyof z.output<S> & string)[];
  /** Called once per executor process, before the first message. */
  setup?: (env: SetupEnv<z.output<S>>) => Promise<R> | R;
  /** The last emission returned is the stage's result; others are published before it. */
  handle: (
    message: InputOf<P, N>,
    context: StageContext<z.output<S>, R>,
  ) => Promise<OutputOf<P, N> | OutputOf<P, N>[]>;
}

// biome-ignore lint/suspicious/noExplicitAny: a definition whose types no longer matter to the runtime
export type AnyStage = StageDefinition<any, any, any, any>;
