import { generationOf, publishTimer } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { PoisonError, toFailure } from "#shared/errors";
import { JoinOverdue, PartName, Uid } from "#shared/messages";
import type { JoinSpec } from "#shared/pipeline";
import type { Delivery } from "../delivery.ts";
import { publishTasks } from "../fan-out.ts";
import type { TaskIdentity } from "../read-delivery.ts";
import { publishOnce } from "../results.ts";
import { retryDelay } from "../retry-delay.ts";
import type { Running, StageWorker } from "../worker.ts";
import type { Joins } from "./joins.ts";
import { toEnd } from "./part-end.ts";
import { toPlan } from "./stored-plan.ts";

/** A plan is looked at again after this: its planner has sent all parts of it, and a quick join is over and needs no deadline. */
const AGAIN_AFTER_MS = 1_000;
const RETRY_MS = 500;
/** Delays double no more often than this: half a minute at most. */
const RETRY_STEPS = 7;

/**
 * One message of a join on its way: a plan, the end of a part, or the deadline. It is acked when the join has been looked at
 * with it in view. Which delivery makes the join fire does not matter, because the stream lets one decision in.
 */
export class JoinAttempt implements Running {
  #delivery: Delivery;
  readonly #worker: StageWorker;
  readonly #joins: Joins;
  readonly #spec: JoinSpec;
  readonly #part: string | undefined;
  readonly identity: TaskIdentity;

  constructor(worker: StageWorker, spec: JoinSpec, joins: Joins, delivery: Delivery) {
    this.#worker = worker;
    this.#spec = spec;
    this.#joins = joins;
    this.#delivery = delivery;
    const { stage } = worker;
    const type = stage.takes.find((each) => delivery.subject.startsWith(`${each}.`)) ?? "";
    const [run = "", part] = delivery.subject.slice(type.length + 1).split(".");
    this.#part = part;
    const generation = generationOf(delivery.headers);
    this.identity = {
      id: `${stage.name}.${run}${generation ? `.g${generation}` : ""}`,
      type,
      run,
      generation,
    };
  }

  get delivery(): Delivery {
    return this.#delivery;
  }

  describe() {
    const { id, run, generation, type } = this.identity;
    return { task: id, run, generation, type, attempt: 1, startedAt: null };
  }

  adopt(delivery: Delivery): void {
    this.#delivery = delivery;
  }

  /** A look takes milliseconds; what ends the run meanwhile makes its decision refused. */
  end(): void {}

  checkLimits(): number {
    return Number.POSITIVE_INFINITY;
  }

  async run(): Promise<void> {
    try {
      const later = await this.#look();
      if (later > 0) this.delivery.nak(later);
      else this.#worker.settle(this.delivery.ack());
    } catch (thrown) {
      const { code, message } = toFailure(thrown);
      this.#worker.log.warn({ task: this.identity.id, code }, `not joined yet: ${message}`);
      this.delivery.nak(retryDelay(RETRY_MS, Math.min(RETRY_STEPS, this.delivery.deliveries)));
    }
  }

  /** @returns how long to look again after, ms; 0 when the delivery has done its part */
  async #look(): Promise<number> {
    const { type, run, generation } = this.identity;
    const { seq: cause } = this.delivery;
    // What somebody published under ids that are none belongs to no run.
    if (!Uid.safeParse(run).success) return 0;
    if (type === this.#spec.planned) return this.#lookAtPlan();
    if (type === this.#spec.overdue) {
      const body = JoinOverdue.safeParse(this.#body());
      if (body.success) await this.#joins.decide(run, { generation, cause, overdueAt: body.data.deadlineAt });
      return 0;
    }
    if (this.#part === undefined || !PartName.safeParse(this.#part).success) return 0;
    const end = toEnd(this.#worker.pipeline, this.#spec, type, { ...this.#kept(), generation });
    this.#joins.heard.end(run, this.#part, end);
    this.#joins.tellProgress(run, generation);
    await this.#joins.decide(run, { generation, cause });
    return 0;
  }

  async #lookAtPlan(): Promise<number> {
    const { run, generation } = this.identity;
    const { deliveries, seq: cause, storedAt } = this.delivery;
    try {
      const plan = toPlan({ ...this.#kept(), generation, storedAt });
      const { deadlineAt, tasks } = plan.plan;
      this.#joins.heard.plan(run, plan);
      if (deliveries === 1) {
        this.#joins.tellPlan(run, plan);
        // Ends that come later are looked at by themselves, and see the plan; those that came before are heard.
        if (await this.#joins.decideHeard(run, { generation, cause })) return 0;
        return Math.max(1, Math.min(AGAIN_AFTER_MS, deadlineAt - Date.now()));
      }
      if (this.#joins.hasFired(run, generation)) return 0;
      await this.#setDeadline(deadlineAt);
      if (tasks) await this.#sendMissing(tasks);
      await this.#joins.decide(run, { generation, cause });
      return 0;
    } catch (error) {
      if (!(error instanceof PoisonError)) throw error;
      await this.#failUnreadable(error);
      return 0;
    }
  }

  /** From here on the server itself sees to it that the join ends, whoever is alive then. */
  async #setDeadline(deadlineAt: number): Promise<void> {
    const { run, generation } = this.identity;
    const body: JoinOverdue = { uid: run, deadlineAt };
    const subject = `${this.#spec.overdue}.${run}`;
    const messageId = `${subject}.g${generation}`;
    await publishTimer(this.#worker.bus, { subject, at: deadlineAt, run, generation, messageId, body });
  }

  /** Completes what a planner that died had begun. */
  async #sendMissing(tasks: Record<string, unknown>): Promise<void> {
    const { bus, pipeline } = this.#worker;
    const { run: id, generation } = this.identity;
    const unsent = await this.#joins.unsent(id);
    const missing = Object.fromEntries(Object.entries(tasks).filter(([name]) => unsent.includes(name)));
    await publishTasks(bus, pipeline, this.#spec, { id, generation, cause: this.delivery.seq }, missing);
  }

  async #failUnreadable({ code, message }: PoisonError): Promise<void> {
    const { bus, pipeline, stage } = this.#worker;
    const { run: id, generation } = this.identity;
    const body = { uid: id, error_stage: stage.name, error_code: code, error_message: message };
    await publishOnce(bus, pipeline, {
      type: pipeline.failed,
      id,
      generation,
      cause: this.delivery.seq,
      body,
    });
  }

  #kept() {
    const { seq, headers, data } = this.delivery;
    return { seq, headers, data };
  }

  #body(): unknown {
    try {
      return decodeBody(this.delivery.data, this.delivery.headers?.get("Content-Type") || undefined);
    } catch {
      return null;
    }
  }
}
