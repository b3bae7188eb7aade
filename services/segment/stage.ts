// Labels every pixel: process line, signal line, symbol, text, ground. Takes diagram.annotated, gives diagram.segmented.
import { artifactOf, Coco, carry, greySheetOf } from "#shared/messages";
import { styleTable } from "#shared/models";
import { diagramPipeline } from "#shared/pipeline";
import { readGrey, writeGrey, writeMask } from "#shared/raster";
import { defineStage } from "#shared/stage";
import { rasteriseBoxes } from "#shared/vision";
import { certaintyOf } from "./certainty.ts";
import { labelSheet } from "./label-sheet.ts";
import { makeMasks } from "./make-masks.ts";
import { nodeShapes } from "./node-shapes.ts";
import { segmentSettings } from "./settings.ts";

export default defineStage(diagramPipeline, "segment", {
  settings: segmentSettings,
  setup: async ({ settings, models }) => {
    await models.open("segmenter", settings);
  },
  async handle(message, { settings, models, artifacts, signal, progress, log }) {
    const model = await models.open("segmenter", settings);
    const labels = styleTable(model.card.names, model.path);
    const [image, annotations] = await Promise.all([
      artifacts.get(greySheetOf(message)),
      artifacts.get(artifactOf(message, "annotations.json")),
    ]);
    const sheet = await readGrey(image);
    const shapes = nodeShapes(Coco.parse(JSON.parse(new TextDecoder().decode(annotations))));
    const nodeMask = rasteriseBoxes(sheet.width, sheet.height, shapes, { dilatePx: settings.growPx });
    const {
      classIndex: raw,
      confidence,
      ...work
    } = await labelSheet(sheet, model, labels, settings, {
      signal,
      progress,
    });
    const { pipeMask, classIndex, lineWidthPx } = makeMasks(raw, nodeMask);
    log.info(`${work.tiles} tiles, ${work.blank} blank`, {
      ...work.spent,
      runMs: Math.round(work.spent.runMs),
      ...(work.shrunkTo && { shrunkTo: work.shrunkTo }),
    });

    const [nodes, pipes, styles] = await Promise.all([
      writeMask(nodeMask),
      writeMask(pipeMask),
      writeGrey(classIndex),
    ]);
    return {
      type: "diagram.segmented" as const,
      body: carry(message, {
        artifacts: {
          "node_mask.png": await artifacts.put("node_mask.png", nodes, "image/png"),
          "pipe_mask.png": await artifacts.put("pipe_mask.png", pipes, "image/png"),
          "style_mask.png": await artifacts.put("style_mask.png", styles, "image/png"),
        },
        models: models.used(),
        ...(lineWidthPx > 0 && { lineWidthPx }),
        confidence: { masks: certaintyOf(pipeMask, confidence) },
      }),
    };
  },
});
