import type { z } from "zod";
import type { ArtifactRef } from "#shared/messages";
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

/** A message a handler returns. `id` defaults to the run's own id. */
export interface Emission<T extends string = string, B = unknown> {
  type: T;
  id?: string;
  body: B;
}

/** What a handler is given besides its message. */
export interface StageContext<Settings = unknown, Resources = unknown> {
  readonly settings: Settings;
  /** What `setup` returned, once per executor process. */
  readonly resources: Resources;
  readonly artifacts: StageArtifacts;
  readonly log: StageLog;
  /** Aborted at the soft time limit, on revoke and on shutdown; its reason is an Error. */
  readonly signal: AbortSignal;
  readonly task: {
    id: string;
    /** Id of the diagram or run. */
    run: string;
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

/** The emissions a declared stage may return. */
export type OutputOf<P extends Pipeline, N extends keyof P["declared"]> = {
  [T in P["declared"][N]["gives"][number]]: Emission<T, z.input<P["messages"][T]["schema"]>>;
}[P["declared"][N]["gives"][number]];

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
  /** Called once per executor process, before the first message. */
  setup?: (env: { settings: z.output<S>; log: StageLog }) => Promise<R> | R;
  /** The last emission returned is the stage's result; others are published before it. */
  handle: (
    message: InputOf<P, N>,
    context: StageContext<z.output<S>, R>,
  ) => Promise<OutputOf<P, N> | OutputOf<P, N>[]>;
}

// biome-ignore lint/suspicious/noExplicitAny: a definition whose types no longer matter to the runtime
export type AnyStage = StageDefinition<any, any, any, any>;
