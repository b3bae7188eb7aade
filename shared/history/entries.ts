import { toRun } from "./query/run-columns.ts";
import type { RunEntry } from "./schemas/index.ts";
import type { Database } from "./sql/database.ts";

/** Runs whose state is not in the KV bucket yet, oldest rows first. @param epochs when each pipeline's stream was created */
export function unwrittenEntries(
  db: Database,
  epochs: ReadonlyMap<string, number>,
  limit: number,
): RunEntry[] {
  return db.all("SELECT * FROM runs WHERE kv_seq < seq ORDER BY n LIMIT ?", limit).map((row) => {
    const { uid, pipeline, state, stage, generation, updated, seq, name, error } = toRun(row);
    const entry: RunEntry = {
      uid,
      pipeline,
      state,
      stage,
      generation,
      updated,
      seq,
      epoch: epochs.get(pipeline) ?? 0,
    };
    if (name !== null) entry.name = name;
    if (error !== null) entry.error = error;
    return entry;
  });
}

/** Notes that an entry lies in the bucket; a newer state stays unwritten. */
export function entryWritten(db: Database, entry: RunEntry): void {
  db.run("UPDATE runs SET kv_seq = ? WHERE uid = ? AND pipeline = ?", entry.seq, entry.uid, entry.pipeline);
}
