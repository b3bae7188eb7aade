import type { MessageSpec, Pipeline, ScheduleSpec, Stage, StageSpec } from "./types.ts";

const MINUTE = 60_000;

/** Defaults of the system this replaces: 2 retries 60 s apart, 30 min hard and 25 min soft limit, a 30 s lease. */
const DEFAULTS = {
  module: "stage",
  inline: false,
  models: [],
  retries: 2,
  retryDelayMs: MINUTE,
  softLimitMs: 25 * MINUTE,
  hardLimitMs: 30 * MINUTE,
  ackWaitMs: 30_000,
};

/** A join looks at what arrives and computes nothing; many at once share their looks. */
const JOIN_SLOTS = 64;

const SLOTS = { default: 4, gpu: 1, light: 8, ml_heavy: 1, ml_light: 2 } as const;

/**
 * Subjects on which messages of a type arrive: `<type>.*`, or `<type>.*.*` for parts of runs. What people publish may also
 * lack an id, or have one with dots in it; that must be told to somebody, so it is taken too.
 * @param parts names of parts, when not all are meant
 */
export function subjectsOf(type: string, spec: MessageSpec, parts?: readonly string[]): string[] {
  if (spec.single) return [type];
  if (spec.part) return parts ? parts.map((part) => `${type}.*.${part}`) : [`${type}.*.*`];
  return spec.anonymous ? [type, `${type}.>`] : [`${type}.*`];
}

/** Joins of a pipeline: the stages that declare one. */
const joinsOf = (stages: Record<string, StageSpec>) =>
  Object.values(stages).flatMap(({ join }) => (join ? [join] : []));

/** Says what is wrong with a stage that joins parts; nothing when it is in order. */
function faultOf(name: string, { join, takes, gives }: StageSpec): string | undefined {
  if (!join) return undefined;
  const needed = [join.planned, join.result, join.lost, join.overdue];
  const missing = needed.find((type) => !takes.includes(type));
  if (missing) return `stage ${name} joins parts but does not take ${missing}`;
  return gives.length === 1 ? undefined : `stage ${name} joins parts and must give one message`;
}

/**
 * Declares a pipeline once and fills in every default.
 * @throws Error when a stage names a message that is not declared, or joins parts of which it does not hear.
 */
export function definePipeline<
  const M extends Record<string, MessageSpec>,
  const S extends Record<string, StageSpec<keyof M & string>>,
>(declaration: {
  name: string;
  stream: string;
  messages: M;
  stages: S;
  schedules?: readonly ScheduleSpec<keyof M & string>[];
  failed: keyof M & string;
  revoked: keyof M & string;
}): Pipeline<M, S> {
  const stages = {} as Record<string, Stage>;
  for (const [name, spec] of Object.entries(declaration.stages) as [string, StageSpec][]) {
    for (const type of [...spec.takes, ...spec.gives])
      if (!(type in declaration.messages))
        throw new Error(
          `stage ${name} names message ${type}, which pipeline ${declaration.name} does not declare`,
        );
    const fault = faultOf(name, spec);
    if (fault) throw new Error(fault);
    const joined = joinsOf(declaration.stages).find(({ task }) => spec.takes.includes(task));
    stages[name] = {
      ...DEFAULTS,
      concurrency: spec.join ? JOIN_SLOTS : SLOTS[spec.queue],
      ...spec,
      name,
      pipeline: declaration.name,
      filters: spec.takes.flatMap((type) =>
        subjectsOf(type, declaration.messages[type] as MessageSpec, spec.parts),
      ),
      ...(joined ? { lost: joined.lost } : {}),
    };
  }
  return {
    name: declaration.name,
    stream: declaration.stream,
    subjects: [`${declaration.name}.>`],
    messages: declaration.messages,
    stages: stages as Pipeline<M, S>["stages"],
    declared: declaration.stages,
    schedules: declaration.schedules ?? [],
    failed: declaration.failed,
    revoked: declaration.revoked,
  };
}
