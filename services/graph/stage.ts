// Builds the graph of symbols and lines. Takes diagram.classified, gives diagram.built.
import { z } from "zod";
import { artifactOf, carry, Graph, greySheetOf, mergeQuality, TEXT_STYLE } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { readGrey, readMask } from "#shared/raster";
import { defineStage } from "#shared/stage";
import { graphRoleOf, isRunPart } from "#shared/symbols";
import { findTesseract } from "#shared/tags";
import { binarise, buildGraph, dropUnattached, maskOfClasses, regionBoxes } from "#shared/vision";
import { certaintyOf } from "./certainty.ts";
import { qualityOfGraph } from "./quality.ts";
import { readJunctions } from "./read-junctions.ts";
import { readSymbols } from "./read-symbols.ts";
import { readTags } from "./read-tags.ts";

export default defineStage(diagramPipeline, "build", {
  settings: z.object({
    attachWidths: z.coerce
      .number()
      .min(0)
      .max(50)
      .default(3.5)
      .describe("how far a line may end from the symbol it points at, in line widths"),
    strayWidths: z.coerce
      .number()
      .min(0)
      .max(200)
      .default(12)
      .describe("lines from nowhere to nowhere up to this many line widths are dropped"),
    tags: z
      .stringbool()
      .or(z.boolean())
      .default(true)
      .describe("read tags with tesseract, where it is installed"),
    tesseract: z.string().max(1000).default("tesseract").describe("its name on the PATH, or its path"),
    tagSeconds: z.coerce
      .number()
      .positive()
      .max(3600)
      .default(60)
      .describe("a page of texts that takes longer is given up, s"),
  }),
  async setup({ settings, log }) {
    const version = settings.tags ? await findTesseract(settings.tesseract) : undefined;
    log.info(version ? `tags are read with tesseract ${version}` : "tags are off");
    return { command: version === undefined ? undefined : settings.tesseract };
  },
  async handle(message, { settings, resources: { command }, artifacts, signal, log }) {
    const read = (name: string) => artifacts.get(artifactOf(message, name));
    const [sheet, skeleton, pipeMask, styleIndex] = await Promise.all([
      artifacts.get(greySheetOf(message)).then((bytes) => readGrey(bytes)),
      read("skeleton.png").then((bytes) => readMask(bytes)),
      read("pipe_mask.png").then((bytes) => readMask(bytes)),
      read("style_mask.png").then((bytes) => readGrey(bytes)),
    ]);
    const symbols = await readSymbols(message, artifacts);
    const junctions = await readJunctions(message, artifacts);
    signal.throwIfAborted();
    const textMask = maskOfClasses(styleIndex, [TEXT_STYLE]);
    const giveTags = readTags(
      { sheet, textMask, skeleton, symbols },
      { command, limitMs: settings.tagSeconds * 1000, signal, log },
    );
    const bare = Graph.parse(
      dropUnattached(
        buildGraph(
          {
            sheet: { uid: message.uid, widthPx: skeleton.width, heightPx: skeleton.height },
            skeleton,
            junctions,
            symbols,
            ...(message.lineWidthPx && { lineWidthPx: message.lineWidthPx }),
            pipeMask,
            ink: binarise(sheet),
            grey: sheet,
            styleIndex,
            coverBoxes: regionBoxes(textMask),
            roleOf: graphRoleOf,
            isPart: isRunPart,
          },
          settings,
        ),
      ),
    );
    const built = await giveTags(bare);
    const own = qualityOfGraph(built);
    const quality = mergeQuality(message.quality, own);
    const graph: Graph = { ...built, quality };
    const counts = {
      nodes: graph.nodes.length,
      edges: graph.edges.length,
      crossings: graph.crossings.length,
    };
    log.info(`${counts.nodes} nodes, ${counts.edges} edges, ${counts.crossings} crossings`);
    return {
      type: "diagram.built" as const,
      body: carry(message, {
        artifacts: {
          "graph.json": await artifacts.put("graph.json", JSON.stringify(graph), "application/json"),
        },
        counts,
        quality,
        warnings: own.reasons.map(({ code }) => code),
        confidence: { graph: certaintyOf(graph, message.confidence.graph ?? 0) },
      }),
    };
  },
});
