import type { TaskEvent } from "#shared/messages";
import type { Pipeline } from "#shared/pipeline";
import type { Database } from "../sql/database.ts";
import { storeAuditEntry } from "./audit-entry.ts";
import { deadTaskOf, storeDeadLetter } from "./dead-letter.ts";
import type { RunMessage, StreamRecord } from "./record.ts";
import { loadRun, type Run, storeRun } from "./run.ts";
import { applyRunMessage, newRun, tasksOf } from "./run-message.ts";
import { loadTask, storeTask } from "./store-task.ts";
import { Tallies } from "./tallies.ts";
import { newTask, type Task } from "./task.ts";
import { applyTaskEvent } from "./task-event.ts";
import { applyBeat } from "./worker-beat.ts";

/** Runs and tasks that a batch of records touches: each is loaded once, changed in memory, and written once. */
export class Batch {
  readonly #db: Database;
  readonly #pipelines: readonly Pipeline[];
  readonly #tasks = new Map<string, Task>();
  readonly #runs = new Map<string, Run>();
  readonly #tallies = new Tallies();
  /** Pages by the run they came from. */
  readonly #parents: { pipeline: string; page: string; parent: string }[] = [];

  constructor(db: Database, pipelines: readonly Pipeline[]) {
    this.#db = db;
    this.#pipelines = pipelines;
  }

  apply({ seq, message }: StreamRecord): void {
    if (message.kind === "run") this.#applyRun(seq, message);
    else if (message.kind === "tasks") for (const event of message.events) this.#applyTask(event);
    else if (message.kind === "beat") applyBeat(this.#db, message.beat);
    else if (message.kind === "audit") storeAuditEntry(this.#db, message.entry);
    else if (message.kind === "dead") {
      storeDeadLetter(this.#db, message.letter);
      const pipeline = this.#pipelines.find(({ name }) => name === message.letter.pipeline);
      const event = deadTaskOf(message, pipeline);
      if (event) this.#applyTask(event);
    }
  }

  /** Writes everything that was touched. */
  store(): void {
    const db = this.#db;
    for (const run of this.#runs.values()) storeRun(db, run, this.#tallies);
    for (const { pipeline, page, parent } of this.#parents)
      db.run("UPDATE runs SET parent = ? WHERE uid = ? AND pipeline = ?", parent, page, pipeline);
    for (const task of this.#tasks.values()) storeTask(db, task, this.#tallies);
    this.#tallies.store(db);
  }

  #applyRun(seq: number, message: RunMessage): void {
    const { pipeline, run: uid } = message;
    const key = `${pipeline.name}/${uid}`;
    let run = this.#runs.get(key);
    if (!run) {
      run = loadRun(this.#db, pipeline.name, uid) ?? newRun(message);
      this.#runs.set(key, run);
    }
    applyRunMessage(run, seq, message);
    if (Array.isArray(message.body.pages))
      for (const page of message.body.pages)
        this.#parents.push({ pipeline: pipeline.name, page: String(page), parent: uid });
    for (const event of tasksOf(message, seq)) this.#applyTask(event);
    if (message.type === pipeline.revoked) this.#revokeWaiting(message);
  }

  /** What nobody has taken yet will never start; of what runs its worker tells. */
  #revokeWaiting({ pipeline, run, generation, at }: RunMessage): void {
    const waiting = this.#db.all(
      "SELECT id FROM tasks WHERE run = ? AND pipeline = ? AND state IN ('PENDING', 'RETRY')",
      run,
      pipeline.name,
    );
    const touched = [...this.#tasks.values()].filter(
      ({ row }) => row.run === run && row.pipeline === pipeline.name,
    );
    for (const id of new Set([
      ...waiting.map((row) => row.id as string),
      ...touched.map(({ row }) => row.id),
    ])) {
      const { row } = this.#taskNamed(id)!;
      if ((row.state !== "PENDING" && row.state !== "RETRY") || row.generation > generation) continue;
      this.#applyTask({
        ...{ kind: "revoked", task: id, pipeline: pipeline.name, stage: row.stage, queue: row.queue, run },
        ...{ generation: row.generation, attempt: 0, at, seq: row.seq, note: "the run was revoked" },
        ...(row.part === null ? {} : { part: row.part }),
      });
    }
  }

  #applyTask(event: TaskEvent): void {
    let task = this.#taskNamed(event.task);
    if (!task) {
      const { task: id, pipeline, stage, queue, run, part = null, generation } = event;
      task = newTask({ id, pipeline, stage, queue, run, part, generation }, event.seq, event.at);
      this.#tasks.set(id, task);
    }
    applyTaskEvent(task, event, this.#tallies);
  }

  /** A task the batch touched, or the tables hold. */
  #taskNamed(id: string): Task | null {
    const known = this.#tasks.get(id) ?? loadTask(this.#db, id);
    if (known) this.#tasks.set(id, known);
    return known;
  }
}
