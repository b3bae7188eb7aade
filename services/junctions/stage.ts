// Tells tees, crosses, bridges, plain crossings and bends apart. Takes diagram.thinned, gives diagram.classified.
import { artifactOf, carry, greySheetOf } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { readGrey, readMask, writeMask } from "#shared/raster";
import { defineStage } from "#shared/stage";
import { drawJunctionMasks, estimateLineWidth, findJunctions, resolveJunctions } from "#shared/vision";
import { askNetwork } from "./ask-network.ts";
import { classifySettings } from "./settings.ts";

export default defineStage(diagramPipeline, "classify", {
  settings: classifySettings,
  setup: async ({ settings, models }) => {
    await models.open("classification", settings);
  },
  async handle(message, { settings, models, artifacts, signal, log }) {
    const model = await models.open("classification", settings);
    const read = (name: string) => artifacts.get(artifactOf(message, name));
    const [sheet, skeleton, ink] = await Promise.all([
      artifacts.get(greySheetOf(message)).then((bytes) => readGrey(bytes)),
      read("skeleton.png").then((bytes) => readMask(bytes)),
      read("pipe_mask.png").then((bytes) => readMask(bytes)),
    ]);
    const lineWidthPx = message.lineWidthPx ?? (estimateLineWidth(ink) || 4);
    const candidates = findJunctions(skeleton, { lineWidthPx, ink });
    const { batchSize, trust } = settings;
    const probabilities = await askNetwork(sheet, candidates, model, { lineWidthPx, batchSize, signal });
    const junctions = resolveJunctions(candidates, {
      lineWidthPx,
      probabilities,
      trust,
      names: model.card.names,
    });

    const count = (...kinds: string[]) => junctions.filter(({ kind }) => kinds.includes(kind)).length;
    const counts = { junctions: count("tee", "cross"), crossings: count("plain", "bridge") };
    log.info(`${counts.junctions} junctions, ${counts.crossings} crossings, ${count("bend")} bends`);
    const { junctionMask, bridgeMask } = drawJunctionMasks(skeleton.width, skeleton.height, junctions, {
      lineWidthPx,
    });
    const [joins, passes] = await Promise.all([writeMask(junctionMask), writeMask(bridgeMask)]);
    const list = JSON.stringify({ version: 1, lineWidthPx, junctions });
    return {
      type: "diagram.classified" as const,
      body: carry(message, {
        artifacts: {
          "junction_mask.png": await artifacts.put("junction_mask.png", joins, "image/png"),
          "bridge_mask.png": await artifacts.put("bridge_mask.png", passes, "image/png"),
          "junctions.json": await artifacts.put("junctions.json", list, "application/json"),
        },
        models: models.used(),
        counts,
        confidence: { graph: junctions.reduce((least, { score }) => Math.min(least, score), 1) },
      }),
    };
  },
});
