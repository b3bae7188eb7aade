// Thins a corrected mask; passes the skeleton on when nothing was corrected. Takes diagram.masks_validated, gives
// diagram.thinned.
import { PermanentError } from "#shared/errors";
import { artifactOf, carry } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { readMask } from "#shared/raster";
import { defineStage } from "#shared/stage";
import { skeletonizeSimple } from "#shared/vision";
import { coverBoxes } from "./cover-boxes.ts";
import { isSameMask } from "./same-mask.ts";
import { skeletonSettings } from "./settings.ts";
import { storeSkeleton } from "./store-skeleton.ts";

export default defineStage(diagramPipeline, "thin", {
  settings: skeletonSettings,
  async handle(message, { settings, artifacts, log }) {
    const source = artifactOf(message, "pipe_mask.png");
    const mask = await readMask(await artifacts.get(source));
    const { sheet } = message;
    if (sheet && (sheet.widthPx !== mask.width || sheet.heightPx !== mask.height))
      throw new PermanentError(
        "MASK_SIZE",
        `the pipe mask is ${mask.width} × ${mask.height} px, its sheet ${sheet.widthPx} × ${sheet.heightPx}`,
      );
    if (message.artifacts["skeleton.png"] && (await isSameMask(message, mask, artifacts))) {
      log.info("the mask was not corrected: its skeleton goes on");
      return { type: "diagram.thinned" as const, body: carry(message, {}) };
    }
    const thinned = skeletonizeSimple(mask, {
      ...settings,
      ...(await coverBoxes(message, artifacts)),
    });
    log.info(`corrected mask: ${thinned.bridges.length} gaps bridged, ${thinned.spursPruned} spurs pruned`);
    return {
      type: "diagram.thinned" as const,
      body: carry(message, await storeSkeleton(thinned, source, artifacts)),
    };
  },
});
