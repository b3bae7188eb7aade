import type { Bus } from "#shared/bus";
import { historyClient, type RunDetail, type RunPart, type TaskState } from "#shared/history";
import { type DatasetRef, type Evaluation, LEARNED_MODELS, type Promotion } from "#shared/messages";

/** How the training of one model stands; `left` was not tried: too little data, or the run ended before. */
export type TrainingState = "waiting" | "training" | "retrying" | "trained" | "failed" | "revoked" | "left";

/** One model of a run. */
export interface RetrainPart {
  state: TrainingState;
  runtimeMs: number | null;
  progress: number | null;
  note: string | null;
  /** On the frozen hold-out, once evaluated; higher is better. */
  score: number | null;
  liveScore: number | null;
  promoted: boolean;
  /** Version of the candidate in the registry. */
  version: string | null;
  /** Why it is promoted or not, once that is known. */
  reason: string | null;
  error: string | null;
}

/** One retraining as people see it. */
export interface RetrainRun {
  run: string;
  state: string;
  createdAt: number;
  endedAt: number | null;
  /** Why it ended as it did, when that was not by completing. */
  reason: string | null;
  dataset: string | null;
  by: string | null;
  schedule: string | null;
  parts: Record<string, RetrainPart>;
}

/** Retrainings, newest first. @throws RetryableError `TRACKER_UNAVAILABLE` */
export async function listRetrains(bus: Bus, limit: number): Promise<RetrainRun[]> {
  const history = historyClient(bus);
  const { runs } = await history.listRuns({ pipeline: "retrain", sort: "created", limit });
  return Promise.all(runs.map(async ({ uid }) => toRetrain(await history.getRun(uid, "retrain"))));
}

/** One retraining. @throws PermanentError `RUN_NOT_FOUND`; RetryableError `TRACKER_UNAVAILABLE` */
export async function readRetrain(bus: Bus, run: string): Promise<RetrainRun> {
  return toRetrain(await historyClient(bus).getRun(run, "retrain"));
}

interface Details {
  models?: string[];
  dataset?: DatasetRef | string;
  by?: string;
  schedule?: string;
  reason?: string;
  left?: Record<string, string>;
  evaluations?: Record<string, Evaluation>;
  promotions?: Record<string, Promotion>;
}

/** A run of the history as a retraining. */
export function toRetrain({
  uid,
  state,
  final,
  created,
  updated,
  error,
  details,
  parts,
}: RunDetail): RetrainRun {
  const { models, dataset, by, schedule, reason, left = {}, evaluations, promotions } = details as Details;
  const tasks = new Map(parts.map((part) => [part.name, part]));
  const names = [...new Set([...(models ?? LEARNED_MODELS), ...Object.keys(left), ...tasks.keys()])];
  const skipped = state === "skipped" ? (reason ?? null) : null;
  return {
    run: uid,
    state,
    createdAt: created,
    endedAt: final ? updated : null,
    reason: error ? `${error.code}: ${error.message}` : skipped,
    dataset: (typeof dataset === "string" ? dataset : dataset?.version) ?? null,
    by: by ?? null,
    schedule: schedule ?? null,
    parts: Object.fromEntries(
      names.map((name) => {
        // Nothing waits any more once the run is over.
        const standing = final || left[name] !== undefined ? "left" : "waiting";
        const part = toPart(tasks.get(name), standing, left[name], evaluations?.[name], promotions?.[name]);
        return [name, part];
      }),
    ),
  };
}

const STATES: Record<TaskState, TrainingState> = {
  PENDING: "waiting",
  RECEIVED: "waiting",
  STARTED: "training",
  RETRY: "retrying",
  SUCCESS: "trained",
  FAILURE: "failed",
  DEAD_LETTERED: "failed",
  REVOKED: "revoked",
};

function toPart(
  task: RunPart | undefined,
  standing: "left" | "waiting",
  left: string | undefined,
  evaluation: Evaluation | undefined,
  promotion: Promotion | undefined,
): RetrainPart {
  return {
    state: task ? STATES[task.state] : standing,
    runtimeMs: task?.runtimeMs ?? null,
    progress: task?.progress ?? null,
    note: task?.note ?? null,
    score: evaluation?.score ?? null,
    liveScore: evaluation?.liveScore ?? null,
    promoted: promotion?.promoted ?? false,
    version: promotion?.version ?? null,
    reason: promotion?.reason ?? evaluation?.reason ?? null,
    error: task?.error ? `${task.error.code}: ${task.error.message}` : (left ?? null),
  };
}
