import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { Bus } from "#shared/bus";
import type { Failure } from "#shared/errors";
import type { TaskEvent } from "#shared/messages";
import type { LiveWatch } from "#shared/models";
import { type Pipeline, type Stage, takersOf } from "#shared/pipeline";
import type { Logger } from "#shared/telemetry";
import { Attempt } from "./attempt.ts";
import type { Delivery } from "./delivery.ts";
import type { Executor, Job, OpenedModels } from "./executor/types.ts";
import type { Handovers } from "./handovers.ts";
import { JoinAttempt } from "./join/attempt.ts";
import { Joins } from "./join/joins.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { type Limited, LimitWatch } from "./limit-watch.ts";
import { Released, Revoked } from "./outcome.ts";
import { Puller } from "./puller.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import type { TaskIdentity } from "./read-delivery.ts";
import { identify } from "./read-delivery.ts";
import type { Ended, Revocations } from "./revocations.ts";
import { type SlotBounds, Slots } from "./slots.ts";
import type { SettingsWatch, StageSettings } from "./stage-settings.ts";

export interface StageWorkerOptions {
  bus: Bus;
  pipeline: Pipeline;
  stage: Stage;
  /** URL of the module whose default export is the definition. */
  module: string;
  executor: Executor;
  lifecycle: Lifecycle;
  settings: SettingsWatch;
  /** What is live; needed by stages that run models. */
  live: LiveWatch;
  revocations: Revocations;
  limiter: RateLimiter;
  handovers: Handovers;
  log: Logger;
  contentTypes?: Record<string, string>;
  /** Slots; the stage's own concurrency unless given or set at run time. */
  slots?: number;
  onFatal?: (failure: Failure) => void;
  /** Called at every step boundary of every attempt: where the chaos suite pulls the plug. */
  onStep?: (step: AttemptStep, task: string) => void;
}

/** The boundaries at which a worker may die: each must leave the task either undone or done, never half. */
export type AttemptStep = "received" | "handled" | "published" | "acked";

/** A delivery being worked on. */
export interface Running extends Limited {
  readonly delivery: Delivery;
  readonly identity: TaskIdentity;
  /** What `inspect active` shows. */
  describe(): { task: string; startedAt: number | null };
  /** The same message came again: answer that delivery, do not start over. */
  adopt(delivery: Delivery): void;
  end(reason: Revoked | Released): void;
  /** Never throws: what cannot be settled now comes again. */
  run(): Promise<void>;
}

const NO_OPTIONS: Job["options"] = {};
const NO_MODELS: Job["models"] = {};

/** How often a worker with bounds looks at what waits. */
const SCALE_EVERY_MS = 1_000;

/** A readable worker id: stage, host, process and a nonce. One token of a subject. */
export function workerId(stage: string): string {
  const host = hostname()
    .replace(/[^A-Za-z0-9-]/g, "-")
    .slice(0, 30);
  return `${stage}-${host}-${process.pid}-${randomBytes(2).toString("hex")}`;
}

/** Works on one stage: pulls for free slots, keeps leases alive, answers control. Start more of them to go faster. */
export class StageWorker {
  readonly bus: Bus;
  readonly pipeline: Pipeline;
  readonly stage: Stage;
  readonly module: string;
  readonly executor: Executor;
  readonly lifecycle: Lifecycle;
  readonly settings: SettingsWatch;
  readonly live: LiveWatch;
  /** Versions of models its last task ran, and what is wrong with live ones. */
  models: OpenedModels = { used: {}, troubles: {} };
  readonly revocations: Revocations;
  readonly handovers: Handovers;
  readonly log: Logger;
  readonly contentTypes: Record<string, string>;
  readonly onFatal: (failure: Failure) => void;
  readonly onStep: (step: AttemptStep, task: string) => void;
  readonly startedAt = Date.now();
  readonly counts = { processed: 0, failed: 0, duplicates: 0 };
  readonly active = new Set<Running>();
  readonly limitWatch = new LimitWatch(this.active);
  readonly #limiter: RateLimiter;
  readonly #puller: Puller;
  readonly #joins: Joins | undefined;
  readonly #backlog: Delivery[] = [];
  readonly #bySequence = new Map<number, Running>();
  readonly #takers = new Map<string, Stage[]>();
  readonly #slots: Slots;
  readonly #slotListeners = new Set<() => void>();
  #settling = 0;
  #scaling: NodeJS.Timeout | undefined;
  #lease: NodeJS.Timeout | undefined;
  #state: "online" | "draining" | "offline" = "offline";

  constructor(options: StageWorkerOptions) {
    this.bus = options.bus;
    this.pipeline = options.pipeline;
    this.stage = options.stage;
    this.module = options.module;
    this.executor = options.executor;
    this.lifecycle = options.lifecycle;
    this.settings = options.settings;
    this.live = options.live;
    this.revocations = options.revocations;
    this.handovers = options.handovers;
    this.log = options.log;
    this.contentTypes = options.contentTypes ?? {};
    this.onFatal = options.onFatal ?? (() => {});
    this.onStep = options.onStep ?? (() => {});
    this.#limiter = options.limiter;
    if (this.stage.join) this.#joins = new Joins(this, this.stage.join);
    this.#slots = new Slots(options.slots ?? options.stage.concurrency);
    this.#slots.apply(this.stageSettings);
    this.#puller = new Puller({
      bus: this.bus,
      stream: this.pipeline.stream,
      consumer: this.stage.name,
      free: () => this.#free(),
      onDelivery: (delivery) => this.#take(delivery),
      onTrouble: (description) => this.log.warn({ stage: this.stage.name, description }, "no messages come"),
    });
    this.live.onChange((name) => {
      if ((this.stage.models as readonly string[]).includes(name) && this.#state === "online")
        this.executor.refresh(this.loadJob("refresh"), {
          onStart() {},
          onProgress() {},
          onLog() {},
          onModels: (models) => this.noteModels(models),
        });
    });
    this.settings.onChange((stage) => {
      if (stage === this.stage.name) this.#moveSlots((slots) => slots.apply(this.stageSettings));
    });
    this.revocations.onRevoke((ended) => {
      for (const attempt of this.active)
        if (isMeant(attempt.identity, ended)) attempt.end(new Revoked(ended.why));
    });
  }

  get id(): string {
    return this.lifecycle.worker;
  }

  get state() {
    return this.#state;
  }

  /** Tasks this worker may run at once. */
  get slots(): number {
    return this.#slots.count;
  }

  /** Changes this worker's slots; setting them for the whole stage is a runtime setting. */
  setSlots(count: number): void {
    this.#moveSlots((slots) => slots.set(count));
  }

  /** Lets this worker choose its slots within bounds; null takes bounds of its own away again. */
  setAutoscale(bounds: SlotBounds | null): void {
    this.#moveSlots((slots) => slots.bound(bounds));
  }

  /** Takes nothing more from its consumer; what runs goes on. */
  cancelConsumer(): void {
    this.#moveSlots((slots) => slots.cancel());
  }

  /** Takes from its consumer again; a worker that does already is left as it is. */
  addConsumer(): void {
    this.#moveSlots((slots) => slots.resume());
  }

  /** Bounds in force, its own or the stage's. */
  get autoscale(): SlotBounds | null {
    return this.#slots.bounds;
  }

  /** Called whenever the number of slots changes. */
  onSlots(listener: () => void): void {
    this.#slotListeners.add(listener);
  }

  #moveSlots(move: (slots: Slots) => unknown): void {
    const before = this.#slots.count;
    move(this.#slots);
    const { count } = this.#slots;
    if (count > before) this.executor.ensure(count);
    if (count !== before) for (const listener of this.#slotListeners) listener();
    this.poke();
  }

  /** With bounds: looks at what waits and moves. The server is asked only then. */
  async #adapt(): Promise<void> {
    if (this.#state !== "online" || !this.#slots.bounds) return;
    const { num_pending } = await this.bus.jsm.consumers.info(this.pipeline.stream, this.stage.name);
    const load = {
      active: this.active.size,
      waiting: num_pending + this.#backlog.length,
      now: performance.now(),
    };
    this.#moveSlots((slots) => slots.adapt(load));
  }

  /** What an operator has set for the stage. */
  get stageSettings(): StageSettings {
    return this.settings.of(this.stage.name);
  }

  /** Run-time settings of the handler: the same object until they change. */
  get options(): Job["options"] {
    return this.stageSettings.options ?? NO_OPTIONS;
  }

  /** What is live of the models the stage declares. */
  liveModels(): Job["models"] {
    if (this.stage.models.length === 0) return NO_MODELS;
    const refs = this.stage.models.map((name) => [name, this.live.of(name)] as const);
    return Object.fromEntries(refs.flatMap(([name, ref]) => (ref ? [[name, ref]] : [])));
  }

  /** Remembers which versions of models a task ran, and tells the log when a live one cannot be used. */
  noteModels({ used, troubles }: OpenedModels): void {
    const known = this.models.troubles;
    this.models = { used: { ...this.models.used, ...used }, troubles };
    for (const [name, trouble] of Object.entries(troubles))
      if (known[name] !== trouble)
        this.log.error({ stage: this.stage.name, model: name, inUse: used[name] }, trouble);
  }

  /** A job that loads the stage and its models, and handles nothing. @param why part of its task id */
  loadJob(why: string): Job {
    const { name } = this.stage;
    return {
      module: this.module,
      stage: name,
      message: {},
      task: { id: `${name}.${why}`, run: why, stage: name, attempt: 0, type: "" },
      generation: 0,
      options: this.options,
      contentTypes: this.contentTypes,
      models: this.liveModels(),
      loadOnly: true,
    };
  }

  limits(): { soft: number; hard: number } {
    const set = this.stageSettings;
    return {
      soft: set.softLimitMs ?? this.stage.softLimitMs,
      hard: set.hardLimitMs ?? this.stage.hardLimitMs,
    };
  }

  start(): void {
    this.#state = "online";
    this.#lease = setInterval(() => {
      for (const attempt of this.active) attempt.delivery.working();
      for (const delivery of this.#backlog) delivery.working();
    }, this.stage.ackWaitMs / 3);
    // A server that is away is asked again a second later.
    this.#scaling = setInterval(() => void this.#adapt().catch(() => {}), SCALE_EVERY_MS);
    this.#puller.start();
  }

  /** After a reconnect the server has forgotten our pull requests. */
  reconnected(): void {
    this.#puller.reset();
  }

  /** Slots or executors came free. */
  poke(): void {
    this.#drainBacklog();
    this.#puller.poke();
  }

  /**
   * Stops pulling, lets running tasks finish within the grace period, hands the rest over. Nothing runs twice because
   * of it, and no attempt is used up.
   */
  async stop(graceMs: number): Promise<void> {
    if (this.#state !== "online") return;
    this.#state = "draining";
    await Promise.race([this.#puller.stop(), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    for (const delivery of this.#backlog.splice(0)) await this.#handBack(delivery);
    const deadline = Date.now() + graceMs;
    while (this.active.size > 0 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
    for (const attempt of this.active) attempt.end(new Released("the worker stops"));
    const end = Date.now() + 5_000;
    while ((this.active.size > 0 || this.#settling > 0) && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 10));
    clearInterval(this.#lease);
    clearInterval(this.#scaling);
    this.limitWatch.stop();
    this.#state = "offline";
  }

  /** Remembers an answer under way, so that stopping waits for it. A lost ack is harmless: the result is stored. */
  settle(ack: Promise<void>): void {
    const settled = () => {
      this.#settling--;
    };
    this.#settling++;
    ack.then(settled, settled);
  }

  get isRateLimited(): boolean {
    return Boolean(this.stageSettings.ratePerMinute);
  }

  /** Waits until the stage's rate limit lets this task start. */
  async waitForTurn(ended: () => Error | undefined): Promise<void> {
    for (;;) {
      const { ratePerMinute } = this.stageSettings;
      if (!ratePerMinute) return;
      const at = await this.#limiter.reserve(this.stage.name, ratePerMinute);
      while (Date.now() < at) {
        if (ended()) throw ended();
        if (this.stageSettings.ratePerMinute !== ratePerMinute) break;
        await new Promise((resolve) => setTimeout(resolve, Math.min(250, at - Date.now())));
      }
      if (Date.now() >= at) return;
    }
  }

  /** Tells the history that tasks now wait for the stages that take this message. */
  announce(type: string, run: string, generation: number, seq: number, part?: string): void {
    for (const stage of this.#takersOf(type, part)) {
      const id = part === undefined ? `${stage.name}.${run}` : `${stage.name}.${run}.${part}`;
      const event: TaskEvent = {
        kind: "sent",
        task: generation ? `${id}.g${generation}` : id,
        pipeline: stage.pipeline,
        stage: stage.name,
        queue: stage.queue,
        run,
        generation,
        attempt: 0,
        at: Date.now(),
        seq,
      };
      if (part !== undefined) event.part = part;
      this.lifecycle.push(event);
    }
  }

  /** Who takes a message follows from the declaration; of parts there are too many names to remember. */
  #takersOf(type: string, part: string | undefined): readonly Stage[] {
    if (part !== undefined) return takersOf(this.pipeline, type, part);
    let takers = this.#takers.get(type);
    if (!takers) {
      takers = takersOf(this.pipeline, type);
      this.#takers.set(type, takers);
    }
    return takers;
  }

  #free(): number {
    if (this.#state !== "online") return 0;
    const own = this.slots - this.active.size - this.#backlog.length;
    return Math.min(own, this.executor.free());
  }

  #take(delivery: Delivery): void {
    if (this.#state !== "online") {
      this.settle(this.#handBack(delivery));
      return;
    }
    const running = this.#bySequence.get(delivery.seq);
    if (running) {
      running.adopt(delivery);
      return;
    }
    if (this.active.size >= this.slots) {
      this.#backlog.push(delivery);
      return;
    }
    const { join } = this.stage;
    const attempt =
      join && this.#joins ? new JoinAttempt(this, join, this.#joins, delivery) : new Attempt(this, delivery);
    this.active.add(attempt);
    this.#bySequence.set(delivery.seq, attempt);
    attempt.run().then(() => {
      this.active.delete(attempt);
      this.#bySequence.delete(delivery.seq);
      this.poke();
    });
  }

  #drainBacklog(): void {
    while (this.#backlog.length > 0 && this.active.size < this.slots) this.#take(this.#backlog.shift()!);
  }

  /** Gives back what never started: only the delivery count remembers it, and that is taken off again. */
  async #handBack(delivery: Delivery): Promise<void> {
    const { id } = identify(delivery, this.stage);
    await this.handovers.add(id).catch(() => {});
    delivery.nak(1);
  }
}

/** True when what ended is this task, or the run it belongs to. */
function isMeant(task: TaskIdentity, ended: Ended): boolean {
  if (task.run !== ended.run || task.generation > ended.generation) return false;
  if (ended.part !== undefined) return task.part === ended.part;
  return !ended.partsOnly || task.part !== undefined;
}
