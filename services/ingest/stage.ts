// Makes one upright 8-bit page image of whatever was uploaded. Takes diagram.uploaded, gives diagram.ingested;
// a file of several pages gives one diagram.uploaded per page and diagram.split.
import { PermanentError } from "#shared/errors";
import { DiagramEvent, qualityOf } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { writePicture } from "#shared/raster";
import { defineStage } from "#shared/stage";
import { prepareSheet } from "./prepare-sheet.ts";
import { readSource } from "./read-source.ts";
import { ingestSettings } from "./settings.ts";
import { openSource } from "./source.ts";
import { splitPages } from "./split-pages.ts";
import { openTextReader } from "./text-reader.ts";

export default defineStage(diagramPipeline, "ingest", {
  settings: ingestSettings,
  async setup({ settings, log }) {
    const reader = await openTextReader(settings);
    log.info(
      reader ? "turned sheets are turned upright" : "turned sheets are left as they are, with a warning",
    );
    return { reader };
  },
  async handle(message, { settings, resources: { reader }, artifacts, task, signal, progress, log }) {
    const uid = message.uid ?? task.run;
    const source = await openSource(await readSource(message, artifacts, settings), settings);
    try {
      if (message.page === undefined && source.pages > 1)
        return splitPages(message, uid, source, settings.maxPages);
      const page = message.page ?? 1;
      if (page > source.pages)
        throw new PermanentError("PAGE_ABSENT", `page ${page} was asked for, the file has ${source.pages}`);
      const { picture: drawn, dpi } = await source.render(page);
      signal.throwIfAborted();
      progress(0.5, "decoded");
      const { picture, files, reasons, ...done } = await prepareSheet(drawn, {
        deskew: settings.deskew,
        write: (page) => writePicture(page, { dpi: dpi ?? undefined }),
        reader,
        signal,
      });
      signal.throwIfAborted();
      const quality = qualityOf(reasons);
      const size = { widthPx: picture.width, heightPx: picture.height };
      const sheet = {
        uid,
        ...size,
        dpi,
        page,
        pages: source.pages,
        format: source.format,
        channels: picture.channels,
        ...done,
        quality,
      };
      log.info(
        `${source.format}, page ${page} of ${source.pages}, ${size.widthPx} × ${size.heightPx} px`,
        done,
      );
      const { object: _object, file: _file, ...options } = message;
      return {
        type: "diagram.ingested" as const,
        body: DiagramEvent.parse({
          ...options,
          uid,
          sheet: size,
          warnings: reasons,
          quality,
          artifacts: {
            "sheet.png": await artifacts.put("sheet.png", files.sheet, "image/png"),
            ...(files.grey && {
              "sheet_grey.png": await artifacts.put("sheet_grey.png", files.grey, "image/png"),
            }),
            "sheet.json": await artifacts.put("sheet.json", JSON.stringify(sheet), "application/json"),
          },
        }),
      };
    } finally {
      source.close();
    }
  },
});
