import type { Bus } from "#shared/bus";
import { RetryableError } from "#shared/errors";
import { audit } from "./audit.ts";
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

/** One worker's answer. */
export type ControlReply = Record<string, unknown>;

/** No further answer for this long means all have answered. */
const STALL_MS = 300;
const LONGEST_MS = 3_000;

/**
 * Tells or asks every worker of a stage (or of a queue, or of all stages with `*`) and gathers the answers of all.
 * @param args `worker` addresses one worker; the rest is the verb's own
 * @throws RetryableError `NO_WORKERS`; Refusal `VERB_UNKNOWN`, `QUEUE_UNKNOWN`
 */
export async function control(
  bus: Bus,
  name: string,
  verb: string,
  args: Record<string, unknown> & { worker?: string } = {},
  options: { by?: string } = {},
): Promise<ControlReply[]> {
  if (!CONTROL_VERBS.includes(verb as ControlVerb))
    throw new Refusal(
      "invalid",
      "VERB_UNKNOWN",
      `workers do not take "${verb.slice(0, 40)}"; they take ${CONTROL_VERBS.join(", ")}`,
    );
  const stages = name === "*" ? allStages() : stagesNamed(name);
  const answers = await Promise.all(stages.map((stage) => ask(bus, stage.name, verb, args)));
  if (!LOOKING.includes(verb as ControlVerb))
    await audit(bus, {
      action: "control",
      target: args.worker ?? name,
      by: options.by ?? "unknown",
      reason: verb,
    });
  const replies = answers.flat();
  if (replies.length === 0 && name !== "*")
    throw new RetryableError(
      "NO_WORKERS",
      args.worker ? `no worker "${args.worker}" of ${name} answers` : `no worker of ${name} is running`,
    );
  return replies;
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
      strategy: "stall",
      maxWait: LONGEST_MS,
      stall: STALL_MS,
    });
    for await (const answer of answers) {
      if (answer.headers?.code === 503) break;
      replies.push(answer.json<ControlReply>());
    }
  } catch (error) {
    if (!/no responders/i.test(String(error))) throw error;
  }
  return replies;
}
