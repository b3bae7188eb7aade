import {
  type Bus,
  LostRace,
  lastMessage,
  type PipelineMessage,
  publishBatch,
  publishRaw,
  toRaw,
} from "#shared/bus";
import { PermanentError, RetryableError } from "#shared/errors";
import { type JoinPlan, PartName } from "#shared/messages";
import type { JoinSpec, Pipeline, Stage } from "#shared/pipeline";
import { neededOf } from "./join/decide.ts";
import { type Published, publishOnce, RESULT_PATIENCE_MS } from "./results.ts";
import type { Emission } from "./types.ts";

/** What a stage that plans gives back, and what all its messages carry. */
export interface FanOut {
  run: string;
  generation: number;
  cause: number;
  traceparent: string;
  emissions: readonly Emission[];
}

/** A stored plan, and the sequences of the parts that were stored with it. */
export interface FannedOut extends Published {
  parts: Map<string, number>;
}

/** Somebody else took what the plan wanted (the turn of the pipeline): planned again soon, on what holds then. */
const RACED_RETRY_MS = 200;

/** The join that a stage's plan is for: emissions that are parts make it one. */
export function joinOf(pipeline: Pipeline, emissions: readonly Emission[]): JoinSpec | undefined {
  if (!emissions.some((emission) => emission.part !== undefined)) return undefined;
  const planned = emissions.at(-1)?.type;
  return Object.values<Stage>(pipeline.stages).find(({ join }) => join?.planned === planned)?.join;
}

/**
 * Publishes a plan with all its parts: stored together or not at all, once per run and generation.
 * @throws PermanentError `BAD_PLAN`; RetryableError `PLAN_RACED` when what it expected does not hold any more
 */
export async function publishFanOut(
  bus: Bus,
  pipeline: Pipeline,
  join: JoinSpec,
  fanOut: FanOut,
): Promise<FannedOut> {
  const planned = fanOut.emissions.at(-1)!;
  const parts = fanOut.emissions.filter(({ part }) => part !== undefined);
  const plan = planOf(join, planned, parts);
  const { run: id, generation, cause, traceparent } = fanOut;
  const base = { id, generation, cause, traceparent };
  const body = { ...(planned.body as object), join: plan };
  const commit: PipelineMessage = { ...base, type: planned.type, body };
  const others = fanOut.emissions.filter((each) => each !== planned && each.part === undefined);
  const singles = others.map(({ type, body: content, expectLast }) => ({
    ...base,
    type,
    body: content,
    ...(expectLast === undefined ? {} : { expectLast }),
  }));
  if (join.fanOut === "logged") return publishLogged(bus, pipeline, join, { singles, commit, plan, parts });
  const tasks = parts.map(({ type, part, body: content }) => ({ ...base, type, part: part!, body: content }));
  const counted = await Promise.all([...tasks, commit].map((message) => expecting(bus, pipeline, message)));
  const messages = [...singles, ...counted].map((message) => toRaw(bus, pipeline, message));
  try {
    const stored = await publishBatch(bus, messages, RESULT_PATIENCE_MS);
    // A batch is stored without gaps, the plan last.
    const first = stored.seq - tasks.length;
    if (!stored.duplicate)
      return { ...stored, parts: new Map(tasks.map(({ part }, index) => [part, first + index])) };
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
  }
  return planStored(bus, pipeline, commit);
}

interface LoggedPlan {
  singles: readonly PipelineMessage[];
  commit: PipelineMessage;
  plan: JoinPlan;
  parts: readonly Emission[];
}

/** The plan first, with every part in it; then the parts, which the join completes should this process die in between. */
async function publishLogged(
  bus: Bus,
  pipeline: Pipeline,
  join: JoinSpec,
  { singles, commit, plan, parts }: LoggedPlan,
): Promise<FannedOut> {
  try {
    for (const single of singles) await publishRaw(bus, toRaw(bus, pipeline, single), RESULT_PATIENCE_MS);
  } catch (error) {
    if (error instanceof LostRace) return planStored(bus, pipeline, commit);
    throw error;
  }
  const tasks = Object.fromEntries(parts.map(({ part, body }) => [part!, body]));
  const body = { ...(commit.body as object), join: { ...plan, tasks } };
  const stored = await publishOnce(bus, pipeline, { ...commit, body });
  if (stored.duplicate) return { ...stored, parts: new Map() };
  const sent = await publishTasks(bus, pipeline, join, { ...commit, cause: stored.seq }, tasks);
  return { ...stored, parts: sent };
}

/** Publishes the parts of a logged plan, each once; those stored already stay as they are. Returns their sequences. */
export async function publishTasks(
  bus: Bus,
  pipeline: Pipeline,
  join: JoinSpec,
  of: Pick<PipelineMessage, "id" | "generation" | "cause" | "traceparent">,
  tasks: Record<string, unknown>,
): Promise<Map<string, number>> {
  const { id, generation, cause, traceparent } = of;
  const base = { id, type: join.task, generation, cause, traceparent } as Omit<PipelineMessage, "body">;
  const send = async ([part, body]: [string, unknown]) =>
    [part, (await publishOnce(bus, pipeline, { ...base, part, body })).seq] as const;
  return new Map(await Promise.all(Object.entries(tasks).map(send)));
}

function planOf(join: JoinSpec, planned: Emission, parts: readonly Emission[]): JoinPlan {
  const names = parts.map(({ part }) => part!);
  const bad = (sentence: string) => new PermanentError("BAD_PLAN", `${sentence}`);
  const wrong = names.find((name) => !PartName.safeParse(name).success);
  if (wrong !== undefined) throw bad(`"${wrong.slice(0, 80)}" is no part's name`);
  if (new Set(names).size < names.length) throw bad(`a part is planned twice: ${names.join(", ")}`);
  const stray = parts.find(({ type }) => type !== join.task);
  if (stray) throw bad(`part ${stray.part} is a ${stray.type}, its join knows ${join.task} only`);
  const policy = planned.policy ?? join.policy;
  const needed = neededOf(policy, names.length);
  if (needed > names.length) throw bad(`${needed} parts must succeed, and there are ${names.length}`);
  return { parts: names, policy, deadlineAt: Date.now() + (planned.deadlineMs ?? join.deadlineMs) };
}

/** With the sequence its subject must have: nothing for a first generation, the one before for a later. */
async function expecting(bus: Bus, pipeline: Pipeline, message: PipelineMessage): Promise<PipelineMessage> {
  if (!message.generation) return { ...message, expectLast: 0 };
  const { subject } = toRaw(bus, pipeline, message);
  const last = await lastMessage(bus, pipeline.stream, subject);
  return { ...message, expectLast: last && last.generation < message.generation ? last.seq : 0 };
}

/** After a refusal: the plan is there already, or something it needed was taken. */
async function planStored(bus: Bus, pipeline: Pipeline, commit: PipelineMessage): Promise<FannedOut> {
  const last = await lastMessage(bus, pipeline.stream, `${commit.type}.${commit.id}`);
  if (last && last.generation >= (commit.generation ?? 0))
    return { seq: last.seq, duplicate: true, parts: new Map() };
  throw new RetryableError("PLAN_RACED", `another run was planned at the same moment as ${commit.id}`, {
    retryAfterMs: RACED_RETRY_MS,
  });
}
