import { type Bus, generationOf, messageAt } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { PermanentError, RetryableError } from "#shared/errors";
import type { Account } from "#shared/history";
import { scan } from "#shared/operate";
import type { Pipeline } from "#shared/pipeline";
import { runOf } from "./run-of.ts";

/** Where a run stands by what was read of the stream so far. */
interface Standing {
  type: string;
  generation: number;
}

/**
 * Says where every accepted run is, from the stream itself: the sum that must hold whatever was killed. Reads headers
 * only; memory is one small entry per run.
 * @throws PermanentError `PIPELINE_UNKNOWN`; RetryableError `ACCOUNT_INCOMPLETE` when the stream could not be read whole
 */
export async function account(bus: Bus, pipelines: readonly Pipeline[], name: string): Promise<Account> {
  const pipeline = pipelines.find((each) => each.name === name);
  if (!pipeline)
    throw new PermanentError(
      "PIPELINE_UNKNOWN",
      `there is no pipeline "${name}"; declared are ${pipelines.map((each) => each.name).join(", ")}`,
    );
  const { runs, lastSeq } = await readStandings(bus, pipeline);
  const dead = await readDead(bus, pipeline);
  const answer: Account = {
    pipeline: name,
    at: Date.now(),
    lastSeq,
    accepted: runs.size,
    finished: { total: 0, byState: {} },
    active: 0,
    waiting: 0,
    deadLettered: 0,
    stages: [],
    unaccounted: 0,
  };
  const atStage = new Map<string, number>();
  for (const [run, { type, generation }] of runs) {
    const spec = pipeline.messages[type]!;
    const isDead = (dead.get(run) ?? -1) >= generation;
    if (isDead && (!spec.final || type === pipeline.failed)) answer.deadLettered++;
    else if (spec.final) {
      answer.finished.total++;
      answer.finished.byState[spec.state] = (answer.finished.byState[spec.state] ?? 0) + 1;
    } else if (spec.waits) answer.waiting++;
    else {
      answer.active++;
      const stage = Object.values(pipeline.stages).find(({ takes }) => takes.includes(type));
      atStage.set(stage?.name ?? "", (atStage.get(stage?.name ?? "") ?? 0) + 1);
    }
  }
  for (const [stage, { join }] of Object.entries(pipeline.stages)) {
    const info = await bus.jsm.consumers.info(pipeline.stream, stage);
    answer.stages.push({
      stage,
      runs: atStage.get(stage) ?? 0,
      // A run whose parts are out waits for them; the server's own timer ends that, whoever is alive.
      queued: join ? (atStage.get(stage) ?? 0) : info.num_pending + info.num_ack_pending,
    });
  }
  answer.unaccounted =
    (atStage.get("") ?? 0) + answer.stages.reduce((n, { runs, queued }) => n + Math.max(0, runs - queued), 0);
  return answer;
}

/** The last message of each run, by the same rule as the tables: see `movesRun` of the history. */
async function readStandings(
  bus: Bus,
  pipeline: Pipeline,
): Promise<{ runs: Map<string, Standing>; lastSeq: number }> {
  const runs = new Map<string, Standing>();
  const { state } = await bus.jsm.streams.info(pipeline.stream);
  let seen = 0;
  for await (const message of scan(bus, pipeline.stream, {
    filters: [...pipeline.subjects],
    headersOnly: true,
  })) {
    seen = message.seq;
    const at = Number(message.timestampNanos / 1_000_000n);
    const incoming = { subject: message.subject, seq: message.seq, at };
    const found = runOf(
      pipeline,
      incoming,
      pipeline.messages[message.subject] ? await bodyAt(bus, pipeline, seen) : null,
    );
    if (!found || pipeline.messages[found.type]!.part || pipeline.messages[found.type]!.timer) continue;
    const next = { type: found.type, generation: generationOf(message.headers) };
    const held = runs.get(found.run);
    if (!held || moves(pipeline, held, next)) runs.set(found.run, next);
  }
  if (state.messages > 0 && seen < state.last_seq)
    throw new RetryableError(
      "ACCOUNT_INCOMPLETE",
      `stream ${pipeline.stream} was read to message ${seen} of ${state.last_seq}; ask again`,
    );
  return { runs, lastSeq: seen };
}

function moves(pipeline: Pipeline, held: Standing, next: Standing): boolean {
  if (next.generation !== held.generation) return next.generation > held.generation;
  return !pipeline.messages[held.type]!.final || held.type === pipeline.failed;
}

/** A message on a bare subject names its run in the body. */
async function bodyAt(bus: Bus, pipeline: Pipeline, seq: number): Promise<Record<string, unknown> | null> {
  const message = await messageAt(bus, pipeline.stream, seq);
  try {
    return message
      ? (decodeBody(message.data, message.headers.get("Content-Type") || undefined) as Record<
          string,
          unknown
        >)
      : null;
  } catch {
    return null;
  }
}

/** Highest generation of a dead letter by run. */
async function readDead(bus: Bus, pipeline: Pipeline): Promise<Map<string, number>> {
  const dead = new Map<string, number>();
  for await (const message of scan(bus, "DEAD", {
    filters: [`dead.${pipeline.name}.>`],
    headersOnly: true,
  })) {
    const run = message.subject.split(".").slice(3).join(".");
    dead.set(run, Math.max(dead.get(run) ?? 0, generationOf(message.headers)));
  }
  return dead;
}
