import type { Bus } from "#shared/bus";
import { RetryableError } from "#shared/errors";
import { type Actor, audit, signed } from "./audit.ts";
import { allStages, stagesNamed } from "./queues.ts";
import { Refusal } from "./refusal.ts";

/** What a worker can be told or asked. */
export const CONTROL_VERBS = [
  "ping",
  "active",
  "reserved",
  "stats",
  "grow",
  "shrink",
  "autoscale",
  "add-consumer",
  "cancel-consumer",
  "restart",
  "rate-limit",
  "time-limit",
  "pause",
  "resume",
  "shutdown",
  "revoke",
] as const;
export type ControlVerb = (typeof CONTROL_VERBS)[number];

/** Verbs that only look. */
const LOOKING: readonly ControlVerb[] = ["ping", "active", "reserved", "stats"];

/** One worker's answer; `error` says why it did not do as it was told. */
export interface ControlReply extends Record<string, unknown> {
  worker?: string;
  stage?: string;
  error?: string;
}

/** No further answer for this long means all have answered. */
const STALL_MS = 300;
const LONGEST_MS = 3_000;

/**
 * Tells or asks every worker of a stage (or of a queue, or of all stages with `*`) and gathers the answers of all.
 * @param args `worker` addresses one worker; the rest is the verb's own
 * @throws RetryableError `NO_WORKERS`; Refusal `VERB_UNKNOWN`, `VERB_UNSUPPORTED`, `QUEUE_UNKNOWN`, `CONTROL_REFUSED` (the
 * one worker asked says no)
 */
export async function control(
  bus: Bus,
  name: string,
  verb: string,
  args: Record<string, unknown> & { worker?: string } = {},
  options: Partial<Actor> = {},
): Promise<ControlReply[]> {
  if (!CONTROL_VERBS.includes(verb as ControlVerb))
    throw new Refusal(
      "invalid",
      "VERB_UNKNOWN",
      `workers do not take "${verb.slice(0, 40)}"; they take ${CONTROL_VERBS.join(", ")}`,
    );
  const stages = name === "*" ? allStages() : stagesNamed(name);
  const answers = await Promise.all(stages.map((stage) => ask(bus, stage.name, verb, args)));
  const replies = answers.flat();
  if (replies.length === 0 && name !== "*") throw await silence(bus, name, verb, args.worker);
  const [only] = replies;
  if (args.worker !== undefined && only?.error !== undefined)
    throw new Refusal("conflict", "CONTROL_REFUSED", `worker ${args.worker}: ${only.error}`);
  if (!LOOKING.includes(verb as ControlVerb)) {
    const { worker, ...rest } = args;
    await audit(bus, {
      action: `worker.${verb}`,
      target: worker ?? name,
      ...signed({ by: "unknown", ...options }),
      details: { ...rest, workers: replies.length },
    });
  }
  return replies;
}

/** Why nobody answered: nobody is there, or who is does not know the verb. */
async function silence(bus: Bus, name: string, verb: string, worker: string | undefined) {
  const who = worker === undefined ? `no worker of ${name}` : `no worker "${worker}" of ${name}`;
  if (verb !== "ping") {
    const args = worker === undefined ? {} : { worker };
    const there = await Promise.all(stagesNamed(name).map((stage) => ask(bus, stage.name, "ping", args)));
    if (there.flat().length > 0)
      return new Refusal("conflict", "VERB_UNSUPPORTED", `${who} takes "${verb}": it is of an older version`);
  }
  return new RetryableError("NO_WORKERS", `${who} ${worker === undefined ? "is running" : "answers"}`);
}

async function ask(
  bus: Bus,
  stage: string,
  verb: string,
  args: Record<string, unknown>,
): Promise<ControlReply[]> {
  const replies: ControlReply[] = [];
  try {
    const answers = await bus.nc.requestMany(`penstock.control.${stage}.${verb}`, JSON.stringify(args), {
      // Every replica hears a question to one; the others keep silent, so its answer is all there is to wait for.
      ...(args.worker === undefined
        ? { strategy: "stall", stall: STALL_MS }
        : { strategy: "count", maxMessages: 1 }),
      maxWait: LONGEST_MS,
    });
    for await (const answer of answers) {
      if (answer.headers?.code === 503) break;
      const error = answer.headers?.get("Nats-Service-Error");
      replies.push(error ? { error } : answer.json<ControlReply>());
    }
  } catch (error) {
    if (!/no responders/i.test(String(error))) throw error;
  }
  return replies;
}
