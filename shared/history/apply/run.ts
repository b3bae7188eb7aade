import type { Database, Value } from "../sql/database.ts";
import type { Tallies } from "./tallies.ts";

/** A row of `runs`, by column. */
export interface RunRow {
  /** Row number; 0 while it has none. */
  n: number;
  pipeline: string;
  uid: string;
  name: string | null;
  state: string;
  final: number;
  waits: number;
  stage: string | null;
  generation: number;
  progress: number;
  review: string | null;
  parent: string | null;
  error_stage: string | null;
  error_code: string | null;
  error_message: string | null;
  created: number;
  updated: number;
  seq: number;
}

/** A message in a run's timeline. */
export interface RunEventRow {
  seq: number;
  type: string;
  state: string;
  stage: string | null;
  at: number;
  generation: number;
}

/** A run while a batch is applied: loaded once, written once. */
export interface Run {
  row: RunRow;
  /** State the tables hold; null for a run they do not. */
  stored: string | null;
  /** Messages the batch adds to its timeline. */
  events: RunEventRow[];
  /** Artifacts and the rest of the latest event, as JSON; null when the batch brought none. */
  body: { artifacts: string; details: string } | null;
}

const COLUMNS = [
  ...[
    "pipeline",
    "uid",
    "name",
    "state",
    "final",
    "waits",
    "stage",
    "generation",
    "progress",
    "review",
    "parent",
  ],
  ...["error_stage", "error_code", "error_message", "created", "updated", "seq"],
] as (keyof RunRow)[];
const INSERT = `INSERT INTO runs (${COLUMNS.join(", ")}) VALUES (${COLUMNS.map(() => "?").join(", ")})`;
const CHANGING = COLUMNS.slice(2).filter((column) => column !== "created");
const UPDATE = `UPDATE runs SET ${CHANGING.map((column) => `${column} = ?`).join(", ")} WHERE n = ?`;

/** The run as the tables hold it, or null. */
export function loadRun(db: Database, pipeline: string, uid: string): Run | null {
  const row = db.get("SELECT * FROM runs WHERE uid = ? AND pipeline = ?", uid, pipeline) as unknown as
    | RunRow
    | undefined;
  return row ? { row, stored: row.state, events: [], body: null } : null;
}

/** Writes a run once for all that a batch said about it. */
export function storeRun(db: Database, { row, stored, events, body }: Run, tallies: Tallies): void {
  const values = (columns: (keyof RunRow)[]) => columns.map((column) => row[column] as Value);
  if (row.n === 0) row.n = db.run(INSERT, ...values(COLUMNS)).id;
  else db.run(UPDATE, ...values(CHANGING), row.n);
  if (stored !== row.state) tallies.runMoved(row.pipeline, stored, row.state);
  for (const { seq, type, state, stage, at, generation } of events)
    db.run(
      "INSERT OR IGNORE INTO run_events VALUES (?, ?, ?, ?, ?, ?, ?)",
      row.n,
      seq,
      type,
      state,
      stage,
      at,
      generation,
    );
  if (body) db.run("INSERT OR REPLACE INTO run_bodies VALUES (?, ?, ?)", row.n, body.artifacts, body.details);
}
