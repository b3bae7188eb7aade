import { LostRace } from "#shared/bus";
import { RetryableError } from "#shared/errors";
import type { TaskEvent } from "#shared/messages";
import type { JoinSpec } from "#shared/pipeline";
import { startSpan } from "#shared/telemetry";
import type { StageWorker } from "../worker.ts";
import { decideJoin, type JoinOutcome } from "./decide.ts";
import { Heard } from "./heard.ts";
import { type Decided, publishDecision } from "./publish-decision.ts";
import { type JoinNow, readJoin, standingsOf } from "./read-join.ts";
import { Rounds } from "./rounds.ts";
import type { StoredPlan } from "./stored-plan.ts";

/** Why a join is looked at. */
export interface Trigger {
  generation: number;
  /** Stream sequence of the message that brought it up. */
  cause: number;
  /** Set by the deadline: which one, so that the deadline of an earlier generation changes nothing. */
  overdueAt?: number;
}

/** A few parts that end together are heard of together; only when that did not make the join whole is the stream asked. */
const GATHER_MS = 10;
/** Joins this worker fired, remembered for the plans that come again. */
const REMEMBERED = 1_000;
/** Times something may happen to a run between a look and the decision, before it is left for later. */
const LOOKS = 10;

/** The joins of one worker: what it heard of them, and deciding them. */
export class Joins {
  readonly heard = new Heard();
  readonly #worker: StageWorker;
  readonly #spec: JoinSpec;
  /** Generation by run. */
  readonly #fired = new Map<string, number>();
  readonly #rounds = new Rounds<Trigger>((run, triggers) => this.#settle(run, triggers));

  constructor(worker: StageWorker, spec: JoinSpec) {
    this.#worker = worker;
    this.#spec = spec;
  }

  /** Decides the join if it can be, with everything in view that was stored before the call. */
  async decide(run: string, trigger: Trigger): Promise<void> {
    if (trigger.overdueAt === undefined && trigger.generation === 0) {
      if (await this.decideHeard(run, trigger)) return;
      if (this.heard.has(run)) {
        await this.heard.forgotten(run, GATHER_MS);
        // Fired meanwhile, by a delivery that made it whole: nothing of this run is remembered any more.
        if (!this.heard.has(run)) return;
      }
    }
    await this.#rounds.ask(run, trigger);
  }

  /** Decides from memory alone; false when that is not enough. */
  async decideHeard(run: string, { cause }: Trigger): Promise<boolean> {
    const now = this.heard.whole(run);
    const outcome = now && decideJoin(now.plan.plan.policy, standingsOf(now), false);
    if (!now || !outcome) return false;
    try {
      await this.#fire(run, now, outcome, 0, cause);
      return true;
    } catch (error) {
      if (error instanceof LostRace) return false;
      throw error;
    }
  }

  /** True when this worker has fired the join of a run in this generation or a later one; false may mean that it forgot. */
  hasFired(run: string, generation: number): boolean {
    return (this.#fired.get(run) ?? -1) >= generation;
  }

  /** Parts of a logged plan whose task nobody stored, unless the run is decided. */
  async unsent(run: string): Promise<string[]> {
    const now = await readJoin(this.#worker.bus, this.#worker.pipeline, this.#spec, run);
    return !now || now.decided !== null ? [] : now.unsent;
  }

  async #settle(run: string, triggers: Trigger[]): Promise<void> {
    const { bus, pipeline } = this.#worker;
    const asked = Math.max(...triggers.map(({ generation }) => generation));
    for (let look = 0; look < LOOKS; look++) {
      const now = await readJoin(bus, pipeline, this.#spec, run);
      if (!now || (now.decided !== null && now.decided >= asked)) return this.heard.forget(run);
      const { deadlineAt, policy } = now.plan.plan;
      const overdue = triggers.some(({ overdueAt }) => overdueAt === deadlineAt);
      const outcome = decideJoin(policy, standingsOf(now), overdue);
      if (!outcome) return;
      const ended = [...now.ends.values()].map(({ generation }) => generation);
      const generation = Math.max(asked, now.plan.generation, ...ended);
      try {
        return await this.#fire(
          run,
          now,
          outcome,
          generation,
          Math.max(...triggers.map(({ cause }) => cause)),
        );
      } catch (error) {
        if (!(error instanceof LostRace)) throw error;
      }
    }
    throw new RetryableError("JOIN_BUSY", `run ${run} changed ${LOOKS} times while its join was looked at`);
  }

  async #fire(
    run: string,
    now: JoinNow,
    outcome: JoinOutcome,
    generation: number,
    cause: number,
  ): Promise<void> {
    const { bus, pipeline, stage, counts } = this.#worker;
    const links = [...now.ends.values()].flatMap(({ traceparent }) => traceparent ?? []);
    const { traceparent: parent, storedAt } = now.plan;
    const span = startSpan({
      ...{ name: stage.name, kind: "consumer", parent, links, startedAt: storedAt },
      attributes: () => ({
        "penstock.task": `${stage.name}.${run}`,
        "penstock.run": run,
        "penstock.generation": generation,
        "penstock.outcome": outcome,
      }),
    });
    const decision = { run, generation, outcome, cause, traceparent: span.traceparent };
    let decided: Decided;
    try {
      decided = await publishDecision(bus, pipeline, stage, now, decision);
    } catch (error) {
      span.end({ code: "LOST_RACE", message: "decided elsewhere" });
      throw error;
    }
    this.heard.forget(run);
    this.#fired.set(run, generation);
    if (this.#fired.size > REMEMBERED) this.#fired.delete(this.#fired.keys().next().value!);
    const { type, seq, error } = decided;
    span.end(error);
    const runtimeMs = Math.max(0, Date.now() - storedAt);
    if (error) {
      counts.failed++;
      const told = { kind: error.kind, code: error.code, name: error.name, message: error.message };
      this.#tell("failed", run, generation, now.plan.seq, { runtimeMs, error: told });
    } else {
      counts.processed++;
      this.#worker.announce(type, run, generation, seq);
      this.#tell("succeeded", run, generation, now.plan.seq, { runtimeMs, result: `${type}: ${outcome}` });
    }
  }

  /** The task of a join begins with its plan. */
  tellPlan(run: string, { generation, seq, storedAt, plan }: StoredPlan): void {
    const waitMs = Math.max(0, Date.now() - storedAt);
    this.#tell("started", run, generation, seq, { waitMs, note: `waits for ${plan.parts.length} parts` });
  }

  /** How many parts have ended, as far as this worker has heard. */
  tellProgress(run: string, generation: number): void {
    const count = this.heard.count(run);
    if (!count || count.ended >= count.parts) return;
    const { ended, parts, seq } = count;
    const note = `${ended} of ${parts} parts have ended`;
    this.#tell("progress", run, generation, seq, { progress: ended / parts, note });
  }

  #tell(
    kind: TaskEvent["kind"],
    run: string,
    generation: number,
    seq: number,
    more: Partial<TaskEvent>,
  ): void {
    const { stage, lifecycle } = this.#worker;
    lifecycle.push({
      kind,
      task: `${stage.name}.${run}${generation ? `.g${generation}` : ""}`,
      ...{ pipeline: stage.pipeline, stage: stage.name, queue: stage.queue, run, generation },
      ...{ attempt: 1, at: Date.now(), seq, worker: lifecycle.worker },
      ...more,
    });
  }
}
