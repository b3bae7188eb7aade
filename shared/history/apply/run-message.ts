import type { TaskEvent } from "#shared/messages";
import { takersOf } from "#shared/pipeline";
import type { RunMessage } from "./record.ts";
import type { Run, RunRow } from "./run.ts";
import { placeOf } from "./run-place.ts";
import { taskId } from "./task.ts";

/** Largest `details` and `artifacts` kept with a run, characters of JSON. */
const BODY = 200_000;

/** A run nobody heard of before, in the state of its first message. */
export function newRun({ pipeline, type, run, generation, at }: RunMessage): Run {
  const row: RunRow = {
    ...{
      n: 0,
      pipeline: pipeline.name,
      uid: run,
      name: null,
      state: pipeline.messages[type]!.state,
      final: 0,
      waits: 0,
    },
    ...{ stage: null, generation, progress: 0, review: null, parent: null },
    ...{ error_stage: null, error_code: null, error_message: null, created: at, updated: at, seq: 0 },
  };
  return { row, stored: null, events: [], body: null };
}

/** Applies one message of a pipeline to its run: timeline, state, and what the event carries. */
export function applyRunMessage(run: Run, seq: number, message: RunMessage): void {
  const { pipeline, type, generation, at, body } = message;
  const stage = type === pipeline.failed ? text(body.error_stage) : placeOf(pipeline, type).giver;
  run.events.push({ seq, type, state: pipeline.messages[type]!.state, stage, at, generation });
  if (!moves(run.row, message, seq)) return;
  move(run.row, message, seq);
  if (type !== pipeline.failed && type !== pipeline.revoked) run.body = bodyOf(body);
}

/** What the stream says of the stages that take a message: each has a task to do, although no worker has it yet. */
export function tasksOf({ pipeline, type, run, part, generation, at }: RunMessage, seq: number): TaskEvent[] {
  return takersOf(pipeline, type, part).map(({ name: stage, queue }) => ({
    ...{ kind: "sent", task: taskId(stage, run, generation, part), pipeline: pipeline.name, stage, queue },
    ...{ run, ...(part === undefined ? {} : { part }), generation, attempt: 0, at, seq },
  }));
}

/**
 * What is said of one part, or by a deadline, leaves the run where it is; what follows from it is said by a join. Else the
 * last message by sequence is the state, with two exceptions: an older generation says nothing any more, and what a
 * person ended or what is complete is not brought back by a late message of the same generation. A failure is: work that
 * goes on after it (a redriven dead letter) is under way again.
 */
function moves(row: RunRow, { pipeline, type, generation }: RunMessage, seq: number): boolean {
  const spec = pipeline.messages[type]!;
  if (spec.part || spec.timer) return false;
  if (seq <= row.seq || generation < row.generation) return false;
  if (generation > row.generation || !row.final) return true;
  return row.state === pipeline.messages[pipeline.failed]!.state;
}

function move(row: RunRow, { pipeline, type, generation, at, body }: RunMessage, seq: number): void {
  const spec = pipeline.messages[type]!;
  const { takers, giver, progress } = placeOf(pipeline, type);
  const failed = type === pipeline.failed;
  const halted = failed || type === pipeline.revoked;
  row.state = spec.state;
  row.final = spec.final ? 1 : 0;
  row.waits = spec.waits ? 1 : 0;
  if (failed) row.stage = text(body.error_stage);
  else if (!halted) row.stage = takers[0] ?? giver;
  row.generation = generation;
  if (!halted) row.progress = progress;
  row.error_stage = failed ? text(body.error_stage) : null;
  row.error_code = failed ? text(body.error_code) : null;
  row.error_message = failed ? text(body.error_message) : null;
  row.updated = at;
  row.seq = seq;
  row.name = text(body.name) ?? row.name;
  row.review = text(body.review) ?? row.review;
  row.parent = text(body.parent) ?? row.parent;
}

function bodyOf({ uid, name, artifacts, ...details }: Record<string, unknown>): Run["body"] {
  const bounded = (value: unknown) => {
    const json = JSON.stringify(value ?? {});
    return json.length > BODY ? "{}" : json;
  };
  return { artifacts: bounded(artifacts), details: bounded(details) };
}

const text = (value: unknown): string | null => (typeof value === "string" ? value.slice(0, 2000) : null);
