import type { Bus } from "#shared/bus";
import { changeStageSettings, readStageSettings, StageSettings } from "#shared/stage";
import { type Actor, audit, signed } from "./audit.ts";
import { checkLimits } from "./check-limits.ts";
import { allStages } from "./queues.ts";
import { Refusal } from "./refusal.ts";

/** Run-time settings of a stage; empty when nobody set any. */
export async function getStageSettings(bus: Bus, stage: string): Promise<StageSettings> {
  checkStage(stage);
  return (await readStageSettings(bus, stage)).settings;
}

/**
 * Changes run-time settings of a stage; fields not named stay as they are. Two who change at once both win.
 * @throws Refusal `STAGE_UNKNOWN`, `BAD_SETTINGS`
 */
export async function setStageSettings(
  bus: Bus,
  stage: string,
  patch: StageSettings,
  options: Actor,
): Promise<StageSettings> {
  const checked = StageSettings.safeParse(patch);
  if (!checked.success)
    throw new Refusal(
      "invalid",
      "BAD_SETTINGS",
      checked.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "),
    );
  checkStage(stage);
  checkLimits({ ...(await getStageSettings(bus, stage)), ...checked.data });
  const next = await changeStageSettings(bus, stage, checked.data);
  await audit(bus, {
    action: "settings",
    target: stage,
    ...signed(options),
    details: { change: checked.data },
  });
  return next;
}

function checkStage(stage: string): void {
  if (!allStages().some((each) => each.name === stage))
    throw new Refusal("missing", "STAGE_UNKNOWN", `there is no stage "${stage.slice(0, 60)}"`);
}
