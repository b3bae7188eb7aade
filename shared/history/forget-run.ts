import { dropTask } from "./retention.ts";
import type { ForgetQuery } from "./schemas/index.ts";
import type { Database } from "./sql/database.ts";

/** Removes a run, its timeline and its tasks. Returns false when there was none. */
export function forgetRun(db: Database, { uid, pipeline }: ForgetQuery): boolean {
  return db.transaction(() => {
    const run = db.get("SELECT n, state FROM runs WHERE uid = ? AND pipeline = ?", uid, pipeline);
    if (!run) return false;
    for (const task of db.all(
      "SELECT n, pipeline, stage, state FROM tasks WHERE run = ? AND pipeline = ?",
      uid,
      pipeline,
    )) {
      dropTask(db, task.n as number);
      db.run(
        "UPDATE task_counts SET n = n - 1 WHERE pipeline = ? AND stage = ? AND state = ?",
        task.pipeline!,
        task.stage!,
        task.state!,
      );
    }
    db.run("DELETE FROM run_events WHERE run = ?", run.n!);
    db.run("DELETE FROM run_bodies WHERE n = ?", run.n!);
    db.run("DELETE FROM runs WHERE n = ?", run.n!);
    db.run("UPDATE run_counts SET n = n - 1 WHERE pipeline = ? AND state = ?", pipeline, run.state!);
    return true;
  });
}
