import type { Database, Row, Value } from "../sql/database.ts";
import type { RunMessage } from "./record.ts";
import { placeOf } from "./run-place.ts";
import { applyTaskEvent, type Gathered } from "./task-event.ts";
import { taskId } from "./task-row.ts";

/** Largest `details` and `artifacts` kept with a run, characters of JSON. */
const BODY = 200_000;

/**
 * Applies one message of a pipeline: the run's timeline and state, and a task in state PENDING for every stage that takes
 * it, so that queued work is seen although no worker has it yet.
 */
export function applyRunMessage(db: Database, seq: number, message: RunMessage, gathered: Gathered): void {
  const { pipeline, type, run, generation, at } = message;
  const spec = pipeline.messages[type]!;
  const place = placeOf(pipeline, type);
  const stage = type === pipeline.failed ? text(message.body.error_stage) : place.giver;
  const before = db.get("SELECT * FROM runs WHERE uid = ? AND pipeline = ?", run, pipeline.name);
  const n = before ? (before.n as number) : insertRun(db, message, seq);
  db.run(
    "INSERT OR IGNORE INTO run_events VALUES (?, ?, ?, ?, ?, ?, ?)",
    n,
    seq,
    type,
    spec.state,
    stage,
    at,
    generation,
  );
  if (!before || movesRun(before, message, seq)) updateRun(db, n, before, message, seq);
  if (Array.isArray(message.body.pages))
    for (const page of message.body.pages)
      db.run("UPDATE runs SET parent = ? WHERE uid = ? AND pipeline = ?", run, String(page), pipeline.name);
  for (const name of place.takers) {
    const { queue } = pipeline.stages[name]!;
    const task = taskId(name, run, generation);
    const event = {
      kind: "sent" as const,
      task,
      pipeline: pipeline.name,
      stage: name,
      queue,
      run,
      generation,
    };
    applyTaskEvent(db, { ...event, attempt: 0, at, seq }, gathered);
  }
}

/**
 * The last message by sequence is the state, with two exceptions: an older generation says nothing any more, and what a
 * person ended or what is complete is not brought back by a late message of the same generation. A failure is: work that
 * goes on after it (a redriven dead letter) is under way again.
 */
function movesRun(row: Row, { pipeline, generation }: RunMessage, seq: number): boolean {
  if (seq <= (row.seq as number) || generation < (row.generation as number)) return false;
  if (generation > (row.generation as number) || !row.final) return true;
  return row.state === pipeline.messages[pipeline.failed]!.state;
}

function insertRun(db: Database, { pipeline, type, run, generation, at }: RunMessage, seq: number): number {
  const { id } = db.run(
    `INSERT INTO runs (pipeline, uid, state, final, waits, generation, progress, created, updated, seq)
     VALUES (?, ?, ?, 0, 0, ?, 0, ?, ?, ?)`,
    pipeline.name,
    run,
    pipeline.messages[type]!.state,
    generation,
    at,
    at,
    seq,
  );
  return id;
}

function updateRun(db: Database, n: number, before: Row | undefined, message: RunMessage, seq: number): void {
  const { pipeline, type, generation, at, body } = message;
  const spec = pipeline.messages[type]!;
  const { takers, giver, progress } = placeOf(pipeline, type);
  const failed = type === pipeline.failed;
  const halted = failed || type === pipeline.revoked;
  const set: Record<string, Value> = {
    state: spec.state,
    final: spec.final ? 1 : 0,
    waits: spec.waits ? 1 : 0,
    stage: failed
      ? text(body.error_stage)
      : halted
        ? ((before?.stage as string) ?? null)
        : (takers[0] ?? giver),
    generation,
    progress: halted ? ((before?.progress as number) ?? 0) : progress,
    error_stage: failed ? text(body.error_stage) : null,
    error_code: failed ? text(body.error_code) : null,
    error_message: failed ? text(body.error_message) : null,
    updated: at,
    seq,
  };
  for (const [column, value] of [
    ["name", text(body.name)],
    ["review", text(body.review)],
    ["parent", text(body.parent)],
  ] as const)
    if (value !== null) set[column] = value;
  db.run(
    `UPDATE runs SET ${Object.keys(set)
      .map((column) => `${column} = ?`)
      .join(", ")} WHERE n = ?`,
    ...Object.values(set),
    n,
  );
  if (!halted) keepBody(db, n, body);
}

/** The latest event's artifacts and whatever else it carried; a failure keeps those of the event before it. */
function keepBody(
  db: Database,
  n: number,
  { uid, name, artifacts, ...details }: Record<string, unknown>,
): void {
  const bounded = (value: unknown) => {
    const json = JSON.stringify(value ?? {});
    return json.length > BODY ? "{}" : json;
  };
  db.run("INSERT OR REPLACE INTO run_bodies VALUES (?, ?, ?)", n, bounded(artifacts), bounded(details));
}

const text = (value: unknown): string | null => (typeof value === "string" ? value.slice(0, 2000) : null);
