import type { Pipeline, Stage } from "#shared/pipeline";
import { TICK_MS } from "../apply/tallies.ts";
import type { Overview, OverviewQuery, StageOverview } from "../schemas/index.ts";
import type { Database } from "../sql/database.ts";
import { percentiles } from "./latency.ts";
import { SILENCE_MS } from "./list-workers.ts";
import { ratesOf } from "./rates.ts";

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);

/** Numbers of the first page: what is where now, how fast it goes, how long it takes. */
export function overview(
  db: Database,
  pipelines: readonly Pipeline[],
  query: OverviewQuery,
  now = Date.now(),
): Overview {
  const chosen = pipelines.filter(({ name }) => !query.pipeline || name === query.pipeline);
  const stages = stageOverviews(db, chosen, query, now);
  const byState = taskCounts(db, query.pipeline);
  const count = (...states: string[]) => sum(states.map((state) => byState[state] ?? 0));
  const { perSecond, lastHour, window, series } = ratesOf(db, query.pipeline, now, query.windowMs);
  const ended = window.succeeded + window.failed;
  return {
    at: now,
    runs: runNumbers(db, chosen),
    tasks: {
      byState,
      active: count("RECEIVED", "STARTED"),
      done: count("SUCCESS"),
      failed: count("FAILURE", "DEAD_LETTERED"),
      perSecond,
      failedLastHour: lastHour.failed,
      successRate: ended > 0 ? window.succeeded / ended : null,
    },
    stages,
    series,
    deadLetters: db.get(
      "SELECT count(*) AS n FROM dead WHERE ? IS NULL OR pipeline = ?",
      query.pipeline ?? null,
      query.pipeline ?? null,
    )!.n as number,
    workersOnline: db.get(
      "SELECT count(*) AS n FROM workers WHERE state <> 'offline' AND at >= ?",
      now - SILENCE_MS,
    )!.n as number,
  };
}

function taskCounts(db: Database, pipeline: string | undefined): Record<string, number> {
  const rows = db.all(
    "SELECT state, sum(n) AS n FROM task_counts WHERE ? IS NULL OR pipeline = ? GROUP BY state",
    pipeline ?? null,
    pipeline ?? null,
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state as string, n as number]));
}

function runNumbers(db: Database, pipelines: readonly Pipeline[]): Overview["runs"] {
  const numbers: Overview["runs"] = { byState: {}, total: 0, active: 0, waiting: 0, done: 0, failed: 0 };
  for (const pipeline of pipelines) {
    const specs = new Map(Object.values(pipeline.messages).map((spec) => [spec.state, spec]));
    const failed = pipeline.messages[pipeline.failed]!.state;
    for (const row of db.all("SELECT state, n FROM run_counts WHERE pipeline = ? AND n > 0", pipeline.name)) {
      const state = row.state as string;
      const n = row.n as number;
      const spec = specs.get(state);
      numbers.byState[state] = (numbers.byState[state] ?? 0) + n;
      numbers.total += n;
      numbers[state === failed ? "failed" : spec?.final ? "done" : spec?.waits ? "waiting" : "active"] += n;
    }
  }
  return numbers;
}

function stageOverviews(
  db: Database,
  pipelines: readonly Pipeline[],
  query: OverviewQuery,
  now: number,
): StageOverview[] {
  const took = percentiles(db, now - query.windowMs);
  const counts = new Map(
    db
      .all("SELECT * FROM task_counts")
      .map((row) => [`${row.pipeline}/${row.stage}/${row.state}`, row.n as number]),
  );
  const lastMinute = new Map(
    db
      .all(
        "SELECT pipeline, stage, sum(n) AS n FROM ticks WHERE slot > ? AND outcome <> 'retried' GROUP BY pipeline, stage",
        now - 60_000 - TICK_MS,
      )
      .map((row) => [`${row.pipeline}/${row.stage}`, row.n as number]),
  );
  const one = (pipeline: string, stage: Stage): StageOverview => {
    const key = `${pipeline}/${stage.name}`;
    const count = (...states: string[]) => sum(states.map((state) => counts.get(`${key}/${state}`) ?? 0));
    const wait = took.get(`${key}/wait`);
    const run = took.get(`${key}/run`);
    const oldest = db.get(
      "SELECT min(created) AS at FROM tasks WHERE stage = ? AND state = 'PENDING'",
      stage.name,
    )!.at;
    return {
      pipeline,
      stage: stage.name,
      queue: stage.queue,
      pending: count("PENDING"),
      active: count("RECEIVED", "STARTED"),
      retrying: count("RETRY"),
      succeeded: count("SUCCESS"),
      failed: count("FAILURE"),
      revoked: count("REVOKED"),
      deadLettered: count("DEAD_LETTERED"),
      perSecond: (lastMinute.get(key) ?? 0) / 60,
      waitP50Ms: wait?.p50 ?? null,
      waitP95Ms: wait?.p95 ?? null,
      runP50Ms: run?.p50 ?? null,
      runP95Ms: run?.p95 ?? null,
      oldestPendingMs: oldest === null ? null : Math.max(0, now - (oldest as number)),
    };
  };
  return pipelines.flatMap((pipeline) =>
    Object.values(pipeline.stages).map((stage) => one(pipeline.name, stage)),
  );
}
