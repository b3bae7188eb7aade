import type { Pipeline } from "#shared/pipeline";

/** Label of whatever no pipeline declares. */
export const UNKNOWN = "unknown";
/** Distinct exceptions kept per stage; the rest are `other`. */
const EXCEPTIONS_MAX = 50;

/** Names that may become labels: those of the declarations, and no others. */
export interface Names {
  /** Queue by name of a declared stage, in the order of the declarations. */
  queues: ReadonlyMap<string, string>;
  /** Declared name of a stage, or `unknown`. */
  stage(name: string): string;
  /** Stages that take a message with this subject. */
  takers(subject: string): readonly string[];
}

/** The names that pipelines declare. */
export function namesOf(pipelines: readonly Pipeline[]): Names {
  const stages = pipelines.flatMap((pipeline) => Object.values(pipeline.stages));
  const queues = new Map<string, string>(stages.map(({ name, queue }) => [name, queue]));
  const takers = new Map<string, string[]>();
  for (const { name, takes } of stages)
    for (const type of takes) takers.set(type, [...(takers.get(type) ?? []), name]);
  return {
    queues,
    stage: (name) => (queues.has(name) ? name : UNKNOWN),
    takers(subject) {
      // `<type>`, `<type>.<run>` or `<type>.<run>.<part>`; types hold dots themselves.
      for (let type = subject; type !== ""; type = type.slice(0, Math.max(0, type.lastIndexOf("."))))
        if (takers.has(type)) return takers.get(type)!;
      return [];
    },
  };
}

/**
 * A label for an error: its code, or the name of its class when nobody gave it one. Never text from a message.
 * @param known labels that exist already; past a limit new ones become `other`
 */
export function exceptionLabel(
  error: { code: string; name: string } | undefined,
  known: Readonly<Record<string, unknown>>,
): string {
  const text = error?.code === "UNEXPECTED" ? error.name : error?.code;
  const label = text && /^[A-Z][A-Za-z0-9_]{0,79}$/.test(text) ? text : UNKNOWN;
  return label in known || Object.keys(known).length < EXCEPTIONS_MAX ? label : "other";
}
