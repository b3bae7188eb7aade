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

/** Watches diagrams by plain subscriptions: what JetStream stores passes by here too, and no consumer is made. */
export function watchRuns(bus: Bus): RunWatch {
  const watched = new Map<string, { listener: RunListener; resolve: (outcome: RunOutcome) => void }>();
  const runs = bus.nc.subscribe(`${diagramPipeline.name}.*.*`, {
    callback: (error, message) => {
      if (!error) onMessage(message);
    },
  });
  const tasks = bus.nc.subscribe("task.events.>", {
    callback: (error, message) => {
      if (!error) for (const event of taskEvents(message)) watched.get(event.run)?.listener.onTask?.(event);
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
    if (outcome.final || outcome.waits) {
      watched.delete(uid);
      entry.resolve(outcome);
    }
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
