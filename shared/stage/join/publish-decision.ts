import { type Bus, publishMessage, type StoredAt } from "#shared/bus";
import { PermanentError } from "#shared/errors";
import type { JoinedPart, JoinResult } from "#shared/messages";
import type { Pipeline, Stage } from "#shared/pipeline";
import { type JoinOutcome, neededOf } from "./decide.ts";
import { type JoinNow, runSubjects } from "./read-join.ts";

export interface Decision {
  run: string;
  generation: number;
  outcome: JoinOutcome;
  cause: number;
  traceparent: string;
}

export interface Decided extends StoredAt {
  type: string;
  /** Why the run ended, when it did. */
  error?: PermanentError;
}

/**
 * Publishes how a join ends: the message it fires, or the run's failure. Stored only if nothing happened to the run since it
 * was read, so of two who decide at once, or of one who decides while a person revokes, one is stored.
 * @throws LostRace when something did
 */
export async function publishDecision(
  bus: Bus,
  pipeline: Pipeline,
  stage: Stage,
  now: JoinNow,
  decision: Decision,
): Promise<Decided> {
  const { run, outcome, generation, cause, traceparent } = decision;
  const expect = { expectLast: now.lastSeq, expectOn: runSubjects(pipeline, run) };
  const base = { id: run, generation, cause, traceparent, ...expect };
  const { tasks: _, ...plan } = now.plan.plan;
  const results = resultsOf(now);
  if (outcome === "success" || outcome === "partial") {
    const join: JoinResult = { ...plan, outcome, results };
    const type = stage.gives[0]!;
    const stored = await publishMessage(bus, pipeline, { ...base, type, body: { ...now.plan.body, join } });
    return { ...stored, type };
  }
  const error = failureOf(outcome, now, results);
  const name = typeof now.plan.body.name === "string" ? { name: now.plan.body.name } : {};
  const body = {
    ...{ uid: run, ...name, error_stage: stage.name },
    ...{ error_code: error.code, error_message: error.message },
  };
  const type = pipeline.failed;
  return { ...(await publishMessage(bus, pipeline, { ...base, type, body })), type, error };
}

function resultsOf({ plan, ends }: JoinNow): JoinedPart[] {
  return plan.plan.parts.map((name) => {
    const end = ends.get(name);
    if (!end) return { name, state: "missing", seq: 0 };
    const { state, seq, result, error } = end;
    return { name, state, seq, ...(result ? { result } : {}), ...(error ? { error } : {}) };
  });
}

function failureOf(
  outcome: "failed" | "timed_out",
  { plan }: JoinNow,
  results: JoinedPart[],
): PermanentError {
  const succeeded = results.filter(({ state }) => state === "succeeded").length;
  const needed = neededOf(plan.plan.policy, results.length);
  const others = results
    .filter(({ state }) => state !== "succeeded")
    .slice(0, 10)
    .map(({ name, state, error }) =>
      error ? `${name}: ${error.code}, ${error.message}` : `${name} is ${state}`,
    );
  const told =
    `${succeeded} of ${results.length} parts succeeded, ${needed} must; ${others.join("; ")}`.slice(0, 2_000);
  return outcome === "timed_out"
    ? new PermanentError("JOIN_TIMED_OUT", `the deadline came first: ${told}`)
    : new PermanentError("JOIN_FAILED", told);
}
