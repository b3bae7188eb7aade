import type { Msg } from "@nats-io/nats-core";
import { type Bus, Header } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { type TaskEvent, TaskEvents } from "#shared/messages";
import { diagramPipeline, type MessageSpec } from "#shared/pipeline";

/** Where a diagram got to while it was watched. */
export interface RunOutcome {
  uid: string;
  state: string;
  final: boolean;
  waits: boolean;
  body: Record<string, unknown>;
}

/** What a watcher is told. */
export interface RunListener {
  /** A task of the diagram: started, progress, succeeded, failed … */
  onTask?(event: TaskEvent): void;
  /** The diagram is in another state. */
  onState?(outcome: RunOutcome): void;
}

/** Diagrams being watched. */
export interface RunWatch {
  /** Watches a diagram; resolves when it is over or waits for a person. Call it before the drawing is announced. */
  run(uid: string, listener: RunListener): Promise<RunOutcome>;
  close(): void;
}

/** A task's own last word follows its result within this, or was lost with its worker. */
const LAST_WORD_MS = 1_500;
const LAST_WORDS = new Set(["succeeded", "skipped", "failed", "dead-lettered", "revoked"]);

interface Watched {
  listener: RunListener;
  resolve: (outcome: RunOutcome) => void;
  /** Set once the diagram is over: what is waited for before saying so. */
  ended?: { stages: string[]; end: () => void };
}

/** Watches diagrams by plain subscriptions: what JetStream stores passes by here too, and no consumer is made. */
export function watchRuns(bus: Bus): RunWatch {
  const watched = new Map<string, Watched>();
  const runs = bus.nc.subscribe(`${diagramPipeline.name}.*.*`, {
    callback: (error, message) => {
      if (!error) onMessage(message);
    },
  });
  const tasks = bus.nc.subscribe("task.events.>", {
    callback: (error, message) => {
      if (!error) for (const event of taskEvents(message)) onTask(event);
    },
  });

  function onMessage(message: Msg): void {
    const [pipeline, event, uid = ""] = message.subject.split(".");
    const entry = watched.get(uid);
    const spec = (diagramPipeline.messages as Record<string, MessageSpec>)[`${pipeline}.${event}`];
    if (!entry || !spec) return;
    const outcome: RunOutcome = {
      uid,
      state: spec.state,
      final: spec.final ?? false,
      waits: spec.waits ?? false,
      body: bodyOf(message),
    };
    entry.listener.onState?.(outcome);
    if (!(outcome.final || outcome.waits) || entry.ended) return;
    const type = `${pipeline}.${event}`;
    const end = () => {
      clearTimeout(timer);
      watched.delete(uid);
      entry.resolve(outcome);
    };
    const timer = setTimeout(end, LAST_WORD_MS);
    const failed = typeof outcome.body.error_stage === "string" ? [outcome.body.error_stage] : [];
    const gave = Object.values(diagramPipeline.stages).filter((stage) =>
      (stage.gives as readonly string[]).includes(type),
    );
    entry.ended = { stages: [...failed, ...gave.map((stage) => stage.name)], end };
    if (entry.ended.stages.length === 0) end();
  }

  function onTask(event: TaskEvent): void {
    const entry = watched.get(event.run);
    if (!entry) return;
    entry.listener.onTask?.(event);
    if (entry.ended?.stages.includes(event.stage) && LAST_WORDS.has(event.kind)) entry.ended.end();
  }

  return {
    run: (uid, listener) => new Promise((resolve) => watched.set(uid, { listener, resolve })),
    close() {
      runs.unsubscribe();
      tasks.unsubscribe();
    },
  };
}

function bodyOf(message: Msg): Record<string, unknown> {
  try {
    return decodeBody(message.data, message.headers?.get(Header.contentType) || undefined) as Record<
      string,
      unknown
    >;
  } catch {
    return {};
  }
}

function taskEvents(message: Msg): TaskEvent[] {
  const parsed = TaskEvents.safeParse(bodyOf(message));
  return parsed.success ? parsed.data.events : [];
}
