// Finds symbols with a sliced YOLO detector. Takes diagram.ingested, gives diagram.detected.
import { artifactOf, carry, greySheetOf } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { readGrey, readPicture } from "#shared/raster";
import { defineStage } from "#shared/stage";
import type { Picture } from "#shared/vision";
import { findSymbols } from "./find-symbols.ts";
import { detectSettings } from "./settings.ts";
import { planesOf } from "./show-views.ts";
import { toCoco, toYolo } from "./write-detections.ts";

export default defineStage(diagramPipeline, "detect", {
  settings: detectSettings,
  setup: async ({ settings, models }) => {
    await models.open("detector", settings);
  },
  async handle(message, { settings, models, artifacts, signal, progress, log }) {
    const model = await models.open("detector", settings);
    const { names } = model.card;
    const sheet: Picture =
      planesOf(model) === 1
        ? { ...(await readGrey(await artifacts.get(greySheetOf(message)))), channels: 1 }
        : await readPicture(await artifacts.get(artifactOf(message, "sheet.png")));
    const found = await findSymbols(sheet, model, settings, { signal, progress });
    const wanted = message.classes && new Set(message.classes);
    const unknown = message.classes?.filter((name) => !names.includes(name)) ?? [];
    const symbols = found.detections.filter(
      ({ classIndex }) => !wanted || wanted.has(names[classIndex] ?? ""),
    );
    log.info(
      `${symbols.length} symbols in ${found.slices} slices, ${found.blank} blank, ${found.closer} closer`,
      {
        ...found.spent,
        runMs: Math.round(found.spent.runMs),
      },
    );
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
        models: models.used(),
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
