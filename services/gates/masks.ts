// Accepts the pipe mask, or lets a person correct it. Takes diagram.skeletonized, gives diagram.masks_validated or
// diagram.awaiting_masks.
import { carry } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { defineStage } from "#shared/stage";
import { gateSettings, passes } from "./decide.ts";

export default defineStage(diagramPipeline, "gate-masks", {
  settings: gateSettings,
  async handle(message, { settings }) {
    const type = passes(message, "masks", settings.threshold)
      ? "diagram.masks_validated"
      : "diagram.awaiting_masks";
    return { type, body: carry(message, {}) };
  },
});
