import type { TaskEvent, TaskEventKind } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import type { StreamRecord } from "../apply/record.ts";
import { taskId } from "../apply/task.ts";

/** Any fixed moment will do: nothing compares it with the clock. */
export const T0 = 1_800_000_000_000;

/** Writes streams as the system would: sequences per stream, times going up. */
export class Story {
  readonly records: StreamRecord[] = [];
  now = T0;
  readonly #seqs = new Map<string, number>();

  next(stream: string): number {
    const seq = (this.#seqs.get(stream) ?? 0) + 1;
    this.#seqs.set(stream, seq);
    return seq;
  }

  /** A message of the diagram pipeline, e.g. `detected`. Returns its sequence. */
  says(type: string, run: string, body: Record<string, unknown> = {}, generation = 0): number {
    const seq = this.next("DIAGRAM");
    const message = {
      kind: "run" as const,
      pipeline: diagramPipeline,
      type: `diagram.${type}`,
      run,
      generation,
    };
    this.records.push({
      stream: "DIAGRAM",
      seq,
      message: { ...message, at: this.now, body: { uid: run, ...body } },
    });
    return seq;
  }

  /** One lifecycle event, as a message of its own. */
  tells(kind: TaskEventKind, stage: string, run: string, more: Partial<TaskEvent> = {}): TaskEvent {
    const generation = more.generation ?? 0;
    const event: TaskEvent = {
      kind,
      task: taskId(stage, run, generation),
      pipeline: "diagram",
      stage,
      queue: "default",
      run,
      generation,
      attempt: 1,
      at: this.now,
      seq: 0,
      worker: `${stage}-1`,
      ...more,
    };
    this.batch([event]);
    return event;
  }

  batch(events: TaskEvent[]): void {
    this.records.push({ stream: "TASKS", seq: this.next("TASKS"), message: { kind: "tasks", events } });
  }

  /** A task from received to succeeded. */
  works(stage: string, run: string, seq: number, runtimeMs = 100): void {
    this.tells("received", stage, run, { seq, args: JSON.stringify({ uid: run, name: `pump ${run}` }) });
    this.now += 5;
    this.tells("started", stage, run, { seq, waitMs: 5 });
    this.now += runtimeMs;
    this.tells("succeeded", stage, run, {
      seq,
      runtimeMs,
      result: `{"symbols":${seq}}`,
      log: [{ at: this.now, level: "info", message: `found ${seq} symbols` }],
    });
  }
}
