import { type Bus, Header, messageAt } from "#shared/bus";
import type { Stage } from "#shared/pipeline";
import { runWord } from "./pipelines.ts";
import { Refusal } from "./refusal.ts";
import { eventOf, type RunEvent, type RunNow, toRunEvent } from "./run-events.ts";

/**
 * The message a stage worked on, and the sequence its subject has now (0 for none).
 * @throws Refusal `STAGE_NOT_REACHED`
 */
export async function inputOf(
  bus: Bus,
  run: RunNow,
  stage: Stage,
): Promise<RunEvent & { expectLast: number }> {
  for (const type of stage.takes) {
    const event = eventOf(run, type);
    if (event) return { ...event, expectLast: event.seq };
    const anonymous = await anonymousInput(bus, run, type);
    if (anonymous) return { ...anonymous, expectLast: 0 };
  }
  throw new Refusal(
    "conflict",
    "STAGE_NOT_REACHED",
    `${runWord(run.pipeline)} "${run.uid}" has never reached stage ${stage.name}: it has no ${stage.takes.join(" or ")} message`,
  );
}

/** A message published on the bare subject, without an id: found by the cause its first result names. */
async function anonymousInput(bus: Bus, run: RunNow, type: string): Promise<RunEvent | undefined> {
  const { pipeline } = run;
  if (!pipeline.messages[type]?.anonymous) return undefined;
  for (const event of run.events) {
    const cause = Number(event.headers.get(Header.cause));
    const message = cause > 0 ? await messageAt(bus, pipeline.stream, cause) : null;
    if (message?.subject === type) return toRunEvent(pipeline, type, message);
  }
  return undefined;
}
