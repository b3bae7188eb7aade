import type { TaskEvent } from "#shared/messages";
import type { Pipeline } from "#shared/pipeline";
import type { DeadLetter } from "../schemas/index.ts";
import type { Database } from "../sql/database.ts";
import type { DeadMessage } from "./record.ts";

/** Adds a dead letter to the index. */
export function storeDeadLetter(db: Database, letter: DeadLetter): void {
  const { seq, pipeline, stage, run, task, reason, code, message, subject, stream, sequence, deliveries } =
    letter;
  db.run(
    "INSERT OR REPLACE INTO dead VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ...[seq, pipeline, stage, run, task, reason, code, message, subject, stream, sequence, deliveries],
    ...[letter.worker, letter.generation, letter.size, letter.at],
  );
}

/** What a dead letter says about its task, in case the worker could not say so itself (it was killed). */
export function deadTaskOf({ letter, part }: DeadMessage, pipeline: Pipeline | undefined): TaskEvent | null {
  const stage = pipeline?.stages[letter.stage];
  if (!stage) return null;
  const { task, run, generation, at, code, message } = letter;

  return {
    ...{
      kind: "dead-lettered",
      task,
      pipeline: letter.pipeline,
      stage: stage.name,
      queue: stage.queue,
      run,
      ...(part === undefined ? {} : { part }),
      generation,
    },
    ...{ attempt: 0, at, seq: letter.sequence, error: { kind: "poison", name: "DeadLetter", code, message } },
  };
}
