// Labels every pixel: process line, signal line, symbol, text, ground. Takes diagram.annotated, gives diagram.segmented.
import { openModel } from "#shared/inference";
import { artifactOf, Coco, carry } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { readGrey, writeGrey, writeMask } from "#shared/raster";
import { defineStage } from "#shared/stage";
import { rasteriseBoxes } from "#shared/vision";
import { certaintyOf } from "./certainty.ts";
import { labelSheet } from "./label-sheet.ts";
import { makeMasks } from "./make-masks.ts";
import { nodeShapes } from "./node-shapes.ts";
import { segmentSettings } from "./settings.ts";
import { styleTable } from "./style-table.ts";

export default defineStage(diagramPipeline, "segment", {
  settings: segmentSettings,
  async setup({ settings, log }) {
    const { modelPath: path, threads, provider } = settings;
    const shape = { input: [null, null, null, null], output: [null, null, null, null] };
    const model = await openModel({ path, threads, provider, ...shape });
    const table = styleTable(model.card.names, model.path);
    log.info(`segmenter ${model.path}: ${model.card.names.join(", ")}`, { digest: model.digest });
    return { model, table };
  },
  async handle(message, { settings, resources: { model, table }, artifacts, signal, progress, log }) {
    const [image, annotations] = await Promise.all([
      artifacts.get(artifactOf(message, "sheet.png")),
      artifacts.get(artifactOf(message, "annotations.json")),
    ]);
    const sheet = await readGrey(image);
    const shapes = nodeShapes(Coco.parse(JSON.parse(new TextDecoder().decode(annotations))));
    const nodeMask = rasteriseBoxes(sheet.width, sheet.height, shapes, { dilatePx: settings.growPx });
    const {
      classIndex: raw,
      confidence,
      ...work
    } = await labelSheet(sheet, model, settings, {
      signal,
      progress,
    });
    for (let i = 0; i < raw.data.length; i++) raw.data[i] = table[raw.data[i]!]!;
    const { pipeMask, classIndex, lineWidthPx } = makeMasks(raw, nodeMask);
    log.info(`${work.tiles} tiles, ${work.blank} blank`, {
      runMs: Math.round(work.runMs),
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
        ...(lineWidthPx > 0 && { lineWidthPx }),
        confidence: { masks: certaintyOf(pipeMask, confidence) },
      }),
    };
  },
});
