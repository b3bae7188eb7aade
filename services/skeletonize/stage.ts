// Thins the pipe mask to one-pixel lines, bridging dashes and leading lines up to symbols. Takes diagram.segmented, gives
// diagram.skeletonized.
import { artifactOf, carry } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { readMask } from "#shared/raster";
import { defineStage } from "#shared/stage";
import { skeletonizeFull } from "#shared/vision";
import { coverBoxes } from "./cover-boxes.ts";
import { skeletonSettings } from "./settings.ts";
import { storeSkeleton } from "./store-skeleton.ts";

export default defineStage(diagramPipeline, "skeletonize", {
  settings: skeletonSettings,
  async handle(message, { settings, artifacts, log }) {
    const source = artifactOf(message, "pipe_mask.png");
    const [pipes, nodes] = await Promise.all([
      artifacts.get(source).then((bytes) => readMask(bytes)),
      artifacts.get(artifactOf(message, "node_mask.png")).then((bytes) => readMask(bytes)),
    ]);
    const covers = await coverBoxes(message, artifacts);
    const thinned = skeletonizeFull(pipes, nodes, {
      ...settings,
      ...(message.lineWidthPx && { lineWidthPx: message.lineWidthPx }),
      ...covers,
    });
    const { lineWidthPx, bridges, spursPruned } = thinned;
    log.info(
      `${bridges.length} gaps bridged, ${spursPruned} spurs pruned, lines ${lineWidthPx.toFixed(1)} px wide`,
    );
    return {
      type: "diagram.skeletonized" as const,
      body: carry(message, await storeSkeleton(thinned, source, artifacts)),
    };
  },
});
