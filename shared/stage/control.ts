import { type Service, type ServiceMsg, Svcm } from "@nats-io/services";
import { z } from "zod";
import { untilAnswered } from "#shared/bus";
import { toFailure } from "#shared/errors";
import { describeWorker } from "./beat.ts";
import { Revoked } from "./outcome.ts";
import { changeStageSettings } from "./stage-settings.ts";
import type { StageWorker } from "./worker.ts";

/** Arguments of any control verb; `worker` limits the answer to one replica. */
const Request = z.object({
  worker: z.string().optional(),
  by: z.number().int().min(1).max(1_000).default(1),
  ratePerMinute: z.number().positive().nullable().optional(),
  softLimitMs: z.number().int().positive().nullable().optional(),
  hardLimitMs: z.number().int().positive().nullable().optional(),
  task: z.string().optional(),
  graceMs: z.number().int().min(0).optional(),
  min: z.number().int().min(0).max(10_000).optional(),
  max: z.number().int().min(1).max(10_000).optional(),
});
type Request = z.infer<typeof Request>;

/** Pausing has an end on the server; a century is "until resumed". */
const FOR_EVER_MS = 100 * 365 * 86_400_000;
/** A pause that runs out wakes waiting pulls; its end must still be to come when the server reads it. */
const RESUME_MS = 1_000;

export interface ControlHooks {
  version: string;
  /** Asked to stop by an operator. */
  onShutdown?: (graceMs?: number) => void;
}

/** Subject of a control verb; every replica of the stage listens. */
export const controlSubject = (stage: string, verb: string) => `penstock.control.${stage}.${verb}`;

type Verb = (request: Request) => unknown;

function verbs(worker: StageWorker, hooks: ControlHooks): Record<string, Verb> {
  const { jsm } = worker.bus;
  const stream = worker.pipeline.stream;
  const consumer = worker.stage.name;
  return {
    ping: () => ({ pong: Date.now() }),
    active: () => ({ tasks: [...worker.active].map((attempt) => attempt.describe()) }),
    reserved: () => ({
      tasks: [...worker.active]
        .map((attempt) => attempt.describe())
        .filter((task) => task.startedAt === null),
    }),
    stats: () => ({
      stats: describeWorker(worker, hooks.version),
      settings: worker.settings.of(worker.stage.name),
      autoscale: worker.autoscale,
    }),
    grow: ({ by }) => {
      worker.setSlots(worker.slots + by);
      return { slots: worker.slots };
    },
    shrink: ({ by }) => {
      worker.setSlots(Math.max(0, worker.slots - by));
      return { slots: worker.slots };
    },
    "cancel-consumer": () => {
      worker.cancelConsumer();
      return { slots: worker.slots };
    },
    "add-consumer": () => {
      worker.addConsumer();
      return { slots: worker.slots };
    },
    restart: () => ({ executors: worker.executor.renew() }),
    autoscale: (request) => autoscale(worker, request),
    "rate-limit": ({ ratePerMinute }) =>
      changeStageSettings(worker.bus, consumer, { ratePerMinute: ratePerMinute ?? null }),
    "time-limit": ({ softLimitMs, hardLimitMs }) =>
      changeStageSettings(worker.bus, consumer, {
        softLimitMs: softLimitMs ?? null,
        hardLimitMs: hardLimitMs ?? null,
      }),
    pause: async () => {
      await jsm.consumers.pause(stream, consumer, new Date(Date.now() + FOR_EVER_MS));
      return { paused: true };
    },
    resume: async () => {
      // `resume()` would leave waiting pulls asleep; a pause that ends soon wakes them.
      await jsm.consumers.pause(stream, consumer, new Date(Date.now() + RESUME_MS));
      return { paused: false };
    },
    revoke: ({ task }) => {
      const attempts = [...worker.active].filter((attempt) => attempt.identity.id === task);
      for (const attempt of attempts) attempt.end(new Revoked("the task was revoked"));
      return { revoked: attempts.length };
    },
    shutdown: ({ graceMs }) => {
      const { onShutdown } = hooks;
      // In the all-in-one, gateway and nats-server would go with it.
      if (!onShutdown)
        throw new Error("it shares its process with everything else: end that process instead");
      setTimeout(() => onShutdown(graceMs), 50);
      return { stopping: true };
    },
  };
}

/** Bounds for one worker when it is named, else for the stage, kept as its setting; without bounds autoscaling ends. */
async function autoscale(worker: StageWorker, { worker: one, min, max }: Request): Promise<unknown> {
  const bounds = max === undefined ? null : { min: min ?? 0, max };
  if (bounds && bounds.min > bounds.max)
    throw new Error(`min ${bounds.min} is larger than max ${bounds.max}`);
  if (one !== undefined) worker.setAutoscale(bounds);
  else await changeStageSettings(worker.bus, worker.stage.name, { autoscale: bounds });
  return { autoscale: bounds, slots: worker.slots };
}

/** Registers the worker as a NATS micro service named for its stage (`nats micro ls`) that answers the control verbs. */
export async function startControl(worker: StageWorker, hooks: ControlHooks): Promise<Service> {
  const service = await new Svcm(worker.bus.nc).add({
    name: worker.stage.name,
    version: hooks.version,
    description: worker.stage.summary,
    // No queue group: every replica answers, the asker picks.
    queue: "",
    metadata: {
      worker: worker.id,
      pid: String(process.pid),
      queue: worker.stage.queue,
      pipeline: worker.stage.pipeline,
      stage: worker.stage.name,
    },
    statsHandler: async () => describeWorker(worker, hooks.version),
  });
  for (const [verb, act] of Object.entries(verbs(worker, hooks)))
    service.addEndpoint(verb, {
      subject: controlSubject(worker.stage.name, verb),
      handler: (error: Error | null, message: ServiceMsg) => {
        if (!error) answer(worker, act, message);
      },
    });
  // A worker that has started answers: whoever asks on another connection must not be told that nobody is there.
  await untilAnswered(worker.bus, () => worker.bus.nc.flush());
  return service;
}

async function answer(worker: StageWorker, act: Verb, message: ServiceMsg): Promise<void> {
  try {
    const parsed = Request.safeParse(message.data.length > 0 ? message.json() : {});
    if (!parsed.success) {
      message.respondError(400, z.prettifyError(parsed.error).replaceAll("\n", "; "));
      return;
    }
    if (parsed.data.worker !== undefined && parsed.data.worker !== worker.id) return;
    const result = await act(parsed.data);
    message.respond(JSON.stringify({ worker: worker.id, stage: worker.stage.name, ...(result as object) }));
  } catch (thrown) {
    message.respondError(500, toFailure(thrown).message.slice(0, 300));
  }
}
