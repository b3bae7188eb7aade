import type { Database, Row } from "../sql/database.ts";

/** Who a task is, known from any message about it. */
export interface TaskIdentity {
  id: string;
  pipeline: string;
  stage: string;
  queue: string;
  run: string;
  generation: number;
}

/** `<stage>.<run>`, plus `.g<n>` for the n-th manual retry. */
export function taskId(stage: string, run: string, generation: number): string {
  return generation > 0 ? `${stage}.${run}.g${generation}` : `${stage}.${run}`;
}

/** The task's row, made in state PENDING when this is the first we hear of it. `at` becomes its place in lists. */
export function taskRow(db: Database, task: TaskIdentity, seq: number, at: number): Row {
  const known = db.get("SELECT * FROM tasks WHERE id = ?", task.id);
  if (known) return known;
  db.run(
    `INSERT INTO tasks (id, pipeline, stage, queue, run, generation, state, seq, rank, attempts, created, updated)
     VALUES (?, ?, ?, ?, ?, ?, 'PENDING', ?, 0, 0, ?, ?)`,
    task.id,
    task.pipeline,
    task.stage,
    task.queue,
    task.run,
    task.generation,
    seq,
    at,
    at,
  );
  return db.get("SELECT * FROM tasks WHERE id = ?", task.id) as Row;
}
