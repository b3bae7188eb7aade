import { type Bus, lastMessage, type StoredMessage } from "#shared/bus";
import type { JoinSpec, Pipeline } from "#shared/pipeline";
import type { PartStanding } from "./decide.ts";
import { type PartEnd, toEnd } from "./part-end.ts";
import { type StoredPlan, toPlan } from "./stored-plan.ts";

/** Where a join stands. */
export interface JoinNow {
  plan: StoredPlan;
  /** Sequence of the run's last message, those of its parts aside: what a decision must find unchanged. */
  lastSeq: number;
  /** Set when that message says that the run has gone on or ended: the generation in which it did. */
  decided: number | null;
  /** By name; parts that have not ended are absent. */
  ends: ReadonlyMap<string, PartEnd>;
  /** Parts of a logged plan whose task is not in the stream. */
  unsent: string[];
}

/** Subjects of a run's own messages; those of its parts have one token more. */
export const runSubjects = (pipeline: Pipeline, run: string): string => `${pipeline.name}.*.${run}`;

/** How each part of a plan stands. */
export const standingsOf = ({ plan, ends }: JoinNow): PartStanding[] =>
  plan.plan.parts.map((name) => ends.get(name)?.state ?? "pending");

/**
 * Reads a join from the stream's leader. The run's last message is read before its parts: what arrives in between is missing
 * from the parts at most, and brings a delivery of its own.
 * @returns null when the run was never planned
 * @throws PoisonError when the plan cannot be read
 */
export async function readJoin(
  bus: Bus,
  pipeline: Pipeline,
  join: JoinSpec,
  run: string,
): Promise<JoinNow | null> {
  const last = await lastMessage(bus, pipeline.stream, runSubjects(pipeline, run));
  if (!last) return null;
  const type = last.subject.slice(0, -(run.length + 1));
  const stored =
    type === join.planned ? last : await lastMessage(bus, pipeline.stream, `${join.planned}.${run}`);
  if (!stored) return null;
  const plan = toPlan({ ...stored, storedAt: stored.time.getTime() });
  const isOpen = type === join.planned || type === join.overdue;
  const { ends, unsent } = await readParts(bus, pipeline, join, run, plan.plan.parts);
  return { plan, lastSeq: last.seq, decided: isOpen ? null : last.generation, ends, unsent };
}

async function readParts(
  bus: Bus,
  pipeline: Pipeline,
  join: JoinSpec,
  run: string,
  names: readonly string[],
): Promise<Pick<JoinNow, "ends" | "unsent">> {
  const { state } = await bus.jsm.streams.info(pipeline.stream, {
    subjects_filter: `${pipeline.name}.*.${run}.*`,
  });
  const stored = state.subjects ?? {};
  const ends = new Map<string, PartEnd>();
  await Promise.all(
    names.map(async (name) => {
      const has = (type: string) => stored[`${type}.${run}.${name}`] ?? 0;
      if (has(join.result) + has(join.lost) === 0) return;
      const read = async (type: string): Promise<{ type: string; message: StoredMessage } | null> => {
        if (has(type) === 0) return null;
        const message = await lastMessage(bus, pipeline.stream, `${type}.${run}.${name}`);
        return message && { type, message };
      };
      const [result, lost] = await Promise.all([read(join.result), read(join.lost)]);
      const end = !lost || (result && result.message.seq > lost.message.seq) ? result : lost;
      if (!end) return;
      // Sent again after it had ended (a retry): what it ended with counts no more.
      const task = has(join.task) > 1 ? await read(join.task) : null;
      if (task && task.message.seq > end.message.seq) return;
      ends.set(name, toEnd(pipeline, join, end.type, end.message));
    }),
  );
  return { ends, unsent: names.filter((name) => !stored[`${join.task}.${run}.${name}`]) };
}
