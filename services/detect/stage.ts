// Finds symbols with a sliced YOLO detector. Takes diagram.ingested, gives diagram.detected.
import { FatalError } from "#shared/errors";
import { openModel } from "#shared/inference";
import { artifactOf, carry } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { readPicture } from "#shared/raster";
import { defineStage } from "#shared/stage";
import { findSymbols } from "./find-symbols.ts";
import { detectSettings } from "./settings.ts";
import { toCoco, toYolo } from "./write-detections.ts";

export default defineStage(diagramPipeline, "detect", {
  settings: detectSettings,
  async setup({ settings, log }) {
    const { modelPath: path, threads, provider } = settings;
    const shape = { input: [null, 3, null, null], output: [null, null, null] };
    const model = await openModel({ path, threads, provider, ...shape });
    if (model.card.names.length === 0)
      throw new FatalError(
        "MODEL_INVALID",
        `${model.path} names no classes, and no classes.yaml lies beside it`,
      );
    log.info(`detector ${model.path}: ${model.card.names.length} classes`, { digest: model.digest });
    return model;
  },
  async handle(message, { settings, resources: model, artifacts, signal, progress, log }) {
    const { names } = model.card;
    const sheet = await readPicture(await artifacts.get(artifactOf(message, "sheet.png")));
    const found = await findSymbols(sheet, model, settings, { signal, progress });
    const wanted = message.classes && new Set(message.classes);
    const unknown = message.classes?.filter((name) => !names.includes(name)) ?? [];
    const symbols = found.detections.filter(
      ({ classIndex }) => !wanted || wanted.has(names[classIndex] ?? ""),
    );
    log.info(`${symbols.length} symbols in ${found.slices} slices, ${found.blank} blank`, {
      runMs: Math.round(found.runMs),
    });
    const size = { widthPx: sheet.width, heightPx: sheet.height };
    const coco = toCoco(symbols, names, size);
    return {
      type: "diagram.detected" as const,
      body: carry(message, {
        sheet: size,
        artifacts: {
          "yolo_predicted.txt": await artifacts.put(
            "yolo_predicted.txt",
            toYolo(symbols, size),
            "text/plain",
          ),
          "detections.json": await artifacts.put("detections.json", JSON.stringify(coco), "application/json"),
        },
        counts: { symbols: symbols.length },
        // A sheet without symbols is something a person should see.
        confidence: {
          annotation: symbols.reduce((least, { score }) => Math.min(least, score), symbols.length ? 1 : 0),
        },
        warnings: unknown.map((name) => `UNKNOWN_CLASS ${name}`.slice(0, 300)),
      }),
    };
  },
});
