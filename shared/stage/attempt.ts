import { Header, type PipelineMessage } from "#shared/bus";
import { type Failure, PoisonError, toFailure } from "#shared/errors";
import type { LogLine, TaskEvent } from "#shared/messages";
import { type Span, startSpan } from "#shared/telemetry";
import { buryMessage, type DeadReason } from "./dead-letter.ts";
import type { Delivery } from "./delivery.ts";
import type { Execution, Job, JobHooks, OpenedModels } from "./executor/types.ts";
import { joinOf, publishFanOut } from "./fan-out.ts";
import { hardLimit, Released, Revoked, softLimit } from "./outcome.ts";
import { identify, readDelivery, type TaskIdentity } from "./read-delivery.ts";
import { existingResult, firedJoin, publishOnce } from "./results.ts";
import { retryDelay } from "./retry-delay.ts";
import { TaskLog } from "./task-log.ts";
import type { Emission } from "./types.ts";
import type { Running, StageWorker } from "./worker.ts";

/** Longest wait for the next attempt after an executor died. */
const DIED_RETRY_MS = 5_000;

/**
 * One delivery on its way: decode, skip what is done, run the handler within its limits, publish, ack. The order is the
 * promise: the result is stored before the message is acked, and a second result is refused by the stream.
 */
export class Attempt implements Running, JobHooks {
  #delivery: Delivery;
  readonly #worker: StageWorker;
  #identity: TaskIdentity;
  #execution: Execution | undefined;
  #ended: Error | undefined;
  #message: Record<string, unknown> | undefined;
  #number = 1;
  #startedAt = 0;
  #span: Span | undefined;
  #limits = { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY };
  #softAt = Number.POSITIVE_INFINITY;
  #hardAt = Number.POSITIVE_INFINITY;
  #log: TaskLog | undefined;
  readonly receivedAt = Date.now();

  constructor(worker: StageWorker, delivery: Delivery) {
    this.#worker = worker;
    this.#delivery = delivery;
    this.#identity = identify(delivery, worker.stage);
  }

  /** The delivery to answer: the last one, when the server lost sight of us and sent the message again. */
  get delivery(): Delivery {
    return this.#delivery;
  }

  /** The same message came again while it is running here: answer that delivery, do not start over. */
  adopt(delivery: Delivery): void {
    this.#delivery = delivery;
    delivery.working();
    this.#emit("redelivered", { note: "adopted by the running attempt" });
  }

  get identity(): TaskIdentity {
    return this.#identity;
  }

  /** What `inspect active` shows. */
  describe() {
    const { id, run, generation, type } = this.#identity;
    return { task: id, run, generation, type, attempt: this.#number, startedAt: this.#startedAt || null };
  }

  /** Ends the attempt from outside: revoked, released by a stopping worker. */
  end(reason: Revoked | Released): void {
    this.#ended ??= reason;
    this.#execution?.kill(reason);
  }

  /** Runs to its end. Never throws: what cannot be settled now stays unacked, and comes again. */
  async run(): Promise<void> {
    try {
      await this.#run();
    } catch (error) {
      this.#worker.log.warn(
        { task: this.#identity.id, err: error },
        "could not settle the task; it will be delivered again when its lease ends",
      );
    }
  }

  async #run(): Promise<void> {
    const delivery = this.#delivery;
    const { stage, pipeline, revocations } = this.#worker;
    try {
      const { identity, message } = readDelivery(delivery, pipeline, stage, this.#identity);
      this.#identity = identity;
      this.#message = message;
      const { run, part, generation } = identity;
      // What ended before this worker began to follow is only in the stream.
      const isOldPart = part !== undefined && delivery.storedAt < this.#worker.startedAt;
      if (delivery.deliveries > 1 || generation > 0 || isOldPart) {
        if (await this.#skipIfDone()) return;
        if (delivery.deliveries > 1) await this.#countAttempts();
      }
      if (revocations.has(run, generation, part)) throw new Revoked("the run was revoked");
      if (this.#number > stage.retries + 1) return await this.#giveUpLost();
      this.#emit("received", { args: summary(message) });
      this.#span = this.#startSpan();
      if (delivery.deliveries > 1) this.#emit("redelivered");
      if (this.#worker.isRateLimited) await this.#worker.waitForTurn(() => this.#ended);
      this.#worker.onStep("received", this.#identity.id);
      const emissions = await this.#execute(message);
      this.#worker.onStep("handled", this.#identity.id);
      await this.#publish(emissions);
    } catch (thrown) {
      await this.#settle(this.#ended ?? thrown);
    }
  }

  async #skipIfDone(): Promise<boolean> {
    const { bus, pipeline, stage } = this.#worker;
    const { run, part, generation } = this.#identity;
    const task = { pipeline, stage, run, part, generation };
    const type = await existingResult(bus, task);
    const fired = part === undefined || type ? null : await firedJoin(bus, task);
    if (fired) throw new Revoked(`${fired} is stored already: the part is not needed any more`);
    if (!type) return false;
    this.#worker.counts.duplicates++;
    this.#emit("skipped", { note: `${type} is stored already` });
    this.#worker.settle(this.delivery.ack());
    return true;
  }

  async #countAttempts(): Promise<void> {
    const handovers = await this.#worker.handovers.count(this.#identity.id);
    this.#number = Math.max(1, this.delivery.deliveries - handovers);
  }

  /** The delivery after the last attempt: its worker died each time, so the handler is not called again. */
  async #giveUpLost(): Promise<void> {
    const attempts = this.#worker.stage.retries + 1;
    await this.#fail("WORKER_LOST", {
      kind: "retryable",
      name: "WorkerLost",
      code: "WORKER_LOST",
      message: `no worker finished the task in ${attempts} attempts: each died or lost its lease`,
    });
  }

  async #execute(message: Record<string, unknown>): Promise<Emission[]> {
    const worker = this.#worker;
    if (this.#ended) throw this.#ended;
    const { id, run, part, generation, type } = this.#identity;
    const task: Job["task"] = { id, run, stage: worker.stage.name, attempt: this.#number, type };
    if (part !== undefined) task.part = part;
    const job: Job = {
      module: worker.module,
      stage: worker.stage.name,
      message,
      generation,
      task,
      options: worker.options,
      contentTypes: worker.contentTypes,
      models: worker.liveModels(),
    };
    const execution = worker.executor.start(job, this);
    this.#execution = execution;
    if (this.#ended) execution.kill(this.#ended);
    try {
      return await execution.done;
    } finally {
      this.#softAt = this.#hardAt = Number.POSITIVE_INFINITY;
    }
  }

  /** The handler begins: its time counts from here. */
  onStart(): void {
    this.#startedAt = Date.now();
    this.#emit("started", { waitMs: Math.max(0, this.#startedAt - this.delivery.storedAt) });
    this.#span?.event("started");
    this.#limits = this.#worker.limits();
    const { soft, hard } = this.#limits;
    const now = performance.now();
    this.#softAt = now + soft;
    this.#hardAt = now + hard;
    this.#worker.limitWatch.expect(Math.min(this.#softAt, this.#hardAt));
  }

  onProgress(progress: number, note?: string): void {
    this.#emit("progress", note ? { progress, note } : { progress });
  }

  onLog(line: LogLine): void {
    this.#log ??= new TaskLog(() => this.#emit("progress"));
    this.#log.push(line);
  }

  onModels(models: OpenedModels): void {
    this.#worker.noteModels(models);
  }

  checkLimits(now: number): number {
    const { name } = this.#worker.stage;
    const { soft, hard } = this.#limits;
    if (now >= this.#softAt) {
      this.#softAt = Number.POSITIVE_INFINITY;
      this.#execution?.abort(toFailure(softLimit(name, soft)));
    }
    if (now >= this.#hardAt) {
      this.#hardAt = Number.POSITIVE_INFINITY;
      this.#execution?.kill(hardLimit(name, hard));
    }
    return Math.min(this.#softAt, this.#hardAt);
  }

  async #publish(emissions: Emission[]): Promise<void> {
    const { bus, pipeline, stage } = this.#worker;
    const { run, part, generation } = this.#identity;
    if (this.#ended) throw this.#ended;
    const traceparent = this.#span!.traceparent;
    const undeclared = emissions.find(({ type }) => !stage.gives.includes(type));
    if (undeclared)
      throw new PoisonError("UNDECLARED_RESULT", `stage ${stage.name} does not give ${undeclared.type}`);
    const join = joinOf(pipeline, emissions);
    if (join) {
      const fanOut = { run, generation, cause: this.delivery.seq, traceparent, emissions };
      const stored = await publishFanOut(bus, pipeline, join, fanOut);
      if (stored.duplicate) this.#worker.counts.duplicates++;
      else this.#worker.announce(emissions.at(-1)!.type, run, generation, stored.seq);
      for (const [name, seq] of stored.parts) this.#worker.announce(join.task, run, generation, seq, name);
      return this.#succeed(emissions);
    }
    for (const [index, emission] of emissions.entries()) {
      const id = emission.id ?? run;
      const isPart = part !== undefined && pipeline.messages[emission.type]?.part === true;
      const { type, body } = emission;
      const result: PipelineMessage = { type, id, body, generation, cause: this.delivery.seq, traceparent };
      if (isPart) result.part = part;
      const stored = await publishOnce(bus, pipeline, result);
      const last = index === emissions.length - 1;
      if (stored.duplicate && last) {
        this.#worker.counts.duplicates++;
        // On a first delivery nobody can have done this task, unless another message claimed the same id.
        if (
          this.delivery.deliveries === 1 &&
          stored.cause !== undefined &&
          stored.cause !== this.delivery.seq
        )
          throw new PoisonError("UID_TAKEN", `the id "${id}" belongs to message ${stored.cause} already`);
      } else this.#worker.announce(emission.type, id, generation, stored.seq, isPart ? part : undefined);
    }
    this.#succeed(emissions);
  }

  #succeed(emissions: readonly Emission[]): void {
    this.#worker.counts.processed++;
    this.#emit("succeeded", {
      runtimeMs: Date.now() - this.#startedAt,
      result: emissions.map(nameOf).join(", "),
    });
    this.#span?.end();
    this.#worker.onStep("published", this.#identity.id);
    this.#worker.settle(this.delivery.ack().then(() => this.#worker.onStep("acked", this.#identity.id)));
  }

  async #settle(thrown: unknown): Promise<void> {
    const { stage } = this.#worker;
    if (thrown instanceof Revoked) {
      this.#emit("revoked", { note: thrown.message });
      this.#span?.end({ code: "REVOKED", message: thrown.message });
      this.delivery.term("revoked");
      return;
    }
    if (thrown instanceof Released) {
      await this.#worker.handovers.add(this.#identity.id);
      this.delivery.nak(1);
      this.#emit("released", { note: thrown.message });
      this.#span?.end({ code: "RELEASED", message: thrown.message });
      return;
    }
    const failure = toFailure(thrown);
    this.#span?.end(failure);
    if (failure.kind === "fatal") this.#worker.onFatal(failure);
    if (failure.kind === "poison") return this.#fail("POISON", failure);
    if (failure.kind === "permanent") return this.#fail(null, failure);
    if (this.#number > stage.retries) return this.#fail("EXHAUSTED", failure);
    const usualMs = failure.retryAfterMs ?? retryDelay(stage.retryDelayMs, this.#number);
    // What killed an executor is often gone at once (memory, a signal); attempts bound it all the same.
    const delayMs = failure.code === "EXECUTOR_DIED" ? Math.min(usualMs, DIED_RETRY_MS) : usualMs;
    this.#emit("retried", { delayMs, error: shown(failure), ...this.#runtime() });
    this.delivery.nak(delayMs);
  }

  /** The task ends badly: kept as a dead letter unless it was merely impossible, and the run ends in error. */
  async #fail(reason: DeadReason | null, failure: Failure): Promise<void> {
    const { bus, pipeline, stage, lifecycle } = this.#worker;
    const { run, part, generation } = this.#identity;
    if (reason)
      await buryMessage(bus, this.delivery, {
        stage,
        stream: pipeline.stream,
        run,
        reason,
        failure,
        worker: lifecycle.worker,
      });
    // A second claim on an id must not end the run that owns it.
    if (failure.code !== "UID_TAKEN" && /^[A-Za-z0-9_-]{1,64}$/.test(run)) {
      const name = typeof this.#message?.name === "string" ? { name: this.#message.name } : {};
      // A part that fails does not end its run: that is for the join to decide.
      const lost = stage.lost !== undefined && part !== undefined ? { type: stage.lost, part } : undefined;
      await publishOnce(bus, pipeline, {
        ...(lost ?? { type: pipeline.failed }),
        id: run,
        generation,
        cause: this.delivery.seq,
        traceparent: (this.#span ?? this.#startSpan()).traceparent,
        body: {
          uid: run,
          ...(lost ? { part } : name),
          error_stage: stage.name,
          error_code: failure.code,
          error_message: failure.message,
        },
      });
    }
    this.#worker.counts.failed++;
    const error = { error: shown(failure), ...this.#runtime() };
    this.#emit("failed", error);
    if (reason) this.#emit("dead-lettered", { note: reason });
    this.delivery.term(failure.code);
  }

  /** One span per attempt, a child of whatever published the message. */
  #startSpan(): Span {
    const { id, run, generation } = this.#identity;
    const { stage, lifecycle } = this.#worker;
    return startSpan({
      name: stage.name,
      kind: "consumer",
      parent: this.delivery.headers?.get(Header.traceparent) || undefined,
      startedAt: this.receivedAt,
      attributes: () => ({
        "messaging.system": "nats",
        "messaging.operation.type": "process",
        "messaging.destination.name": this.delivery.subject,
        "messaging.consumer.group.name": stage.name,
        "penstock.task": id,
        "penstock.run": run,
        "penstock.generation": generation,
        "penstock.attempt": this.#number,
        "penstock.queue": stage.queue,
        "penstock.worker": lifecycle.worker,
        "penstock.wait_ms": Math.max(0, this.receivedAt - this.delivery.storedAt),
      }),
    });
  }

  #runtime() {
    return this.#startedAt ? { runtimeMs: Date.now() - this.#startedAt } : {};
  }

  #emit(kind: TaskEvent["kind"], more?: Partial<TaskEvent>): void {
    const { stage, lifecycle } = this.#worker;
    const { id, run, part, generation } = this.#identity;
    const event: TaskEvent = {
      kind,
      task: id,
      pipeline: stage.pipeline,
      stage: stage.name,
      queue: stage.queue,
      run,
      generation,
      attempt: this.#number,
      at: Date.now(),
      seq: this.delivery.seq,
      worker: lifecycle.worker,
    };
    if (part !== undefined) event.part = part;
    const log = this.#log?.take();
    if (log) event.log = log;
    lifecycle.push(more ? Object.assign(event, more) : event);
  }
}

function shown(failure: Failure) {
  return {
    kind: failure.kind,
    code: failure.code,
    name: failure.name,
    message: failure.message.slice(0, 2_000),
    ...(failure.stack ? { stack: failure.stack.slice(0, 4_000) } : {}),
  };
}

const nameOf = ({ type, part }: Emission) => (part === undefined ? type : `${type}.${part}`);

/** A message as people want to see it in a list: without the map of artifacts, one line, bounded. */
function summary(message: Record<string, unknown>): string {
  const { artifacts: _, ...rest } = message;
  return JSON.stringify(rest).slice(0, 600);
}
