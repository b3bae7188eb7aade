import type { Pipeline } from "#shared/pipeline";
import type { DeadLetter } from "../schemas/index.ts";
import type { Database } from "../sql/database.ts";
import { applyTaskEvent, type Gathered } from "./task-event.ts";

/**
 * Indexes a dead letter and marks its task, in case the worker could not say so itself (it was killed).
 * @param pipeline the declared pipeline it names, when there is one
 */
export function applyDeadLetter(
  db: Database,
  letter: DeadLetter,
  pipeline: Pipeline | undefined,
  gathered: Gathered,
): void {
  db.run(
    "INSERT OR REPLACE INTO dead VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    letter.seq,
    letter.pipeline,
    letter.stage,
    letter.run,
    letter.task,
    letter.reason,
    letter.code,
    letter.message,
    letter.subject,
    letter.stream,
    letter.sequence,
    letter.deliveries,
    letter.worker,
    letter.generation,
    letter.size,
    letter.at,
  );
  const stage = pipeline?.stages[letter.stage];
  if (!stage) return;
  const { run, generation, at } = letter;
  const error = { kind: "poison", name: "DeadLetter", code: letter.code, message: letter.message };
  const event = {
    kind: "dead-lettered" as const,
    task: letter.task,
    pipeline: letter.pipeline,
    stage: stage.name,
  };
  applyTaskEvent(
    db,
    { ...event, queue: stage.queue, run, generation, attempt: 0, at, seq: letter.sequence, error },
    gathered,
  );
}
