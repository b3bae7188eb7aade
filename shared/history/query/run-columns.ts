import type { RunSummary } from "../schemas/index.ts";
import type { Row } from "../sql/database.ts";

/** A row of `runs` as people see it. */
export function toRun(row: Row): RunSummary {
  return {
    uid: row.uid as string,
    pipeline: row.pipeline as string,
    name: row.name as string | null,
    state: row.state as string,
    final: row.final === 1,
    waits: row.waits === 1,
    stage: row.stage as string | null,
    generation: row.generation as number,
    progress: row.progress as number,
    review: row.review as string | null,
    parent: row.parent as string | null,
    error:
      row.error_code === null
        ? null
        : {
            stage: (row.error_stage as string) ?? "",
            code: row.error_code as string,
            message: (row.error_message as string) ?? "",
          },
    created: row.created as number,
    updated: row.updated as number,
    seq: row.seq as number,
  };
}
