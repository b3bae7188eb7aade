import { type Bus, publishMessage } from "#shared/bus";
import { RetrainRequested } from "#shared/messages";
import { retrainPipeline } from "#shared/pipeline";
import { newTraceparent } from "#shared/telemetry";
import { type Actor, audit, signed } from "../audit.ts";
import { mintUid } from "../mint-uid.ts";
import { Refusal } from "../refusal.ts";
import { alreadyGoing, readTurn } from "./going.ts";
import { modelsAsked } from "./models-asked.ts";

/** What a retraining is asked for. */
export interface RetrainOptions extends Actor {
  /** @default all that learn from corrections */
  models?: string[] | undefined;
  /** Version of a frozen dataset. @default a new one */
  dataset?: string | undefined;
  seed?: number | undefined;
}

/**
 * Starts a retraining.
 * @throws Refusal `UNKNOWN_MODEL`, `NO_MODELS`, `RUN_ALREADY_GOING`, `BAD_OPTIONS`
 */
export async function startRetrain(bus: Bus, options: RetrainOptions): Promise<{ run: string }> {
  const models = modelsAsked(options.models);
  const { going } = await readTurn(bus);
  if (going) throw new Refusal("conflict", "RUN_ALREADY_GOING", alreadyGoing(going));
  const run = mintUid();
  const { dataset, seed, by, reason } = options;
  const body = RetrainRequested.safeParse({ uid: run, models, dataset, seed, by, reason });
  if (!body.success) {
    const problems = body.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Refusal("invalid", "BAD_OPTIONS", problems.join("; "));
  }
  await publishMessage(bus, retrainPipeline, {
    type: "retrain.requested",
    id: run,
    body: body.data,
    expectLast: 0,
    traceparent: newTraceparent(),
  });
  await audit(bus, { action: "retrain", target: run, ...signed(options), details: { models, dataset } });
  return { run };
}
