import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CONTROLS,
  drawMistakes,
  failedSheet,
  findMistakes,
  loadTruths,
  type Mistake,
  mapMask,
  mapTruth,
  type SheetResult,
  type SheetScores,
  type SheetTruth,
  type SourceMap,
  type Summary,
  scoreSheet,
  summarise,
  symbolsOf,
  trueAnnotations,
} from "#shared/evaluate";
import { Coco, Graph } from "#shared/messages";
import { probeImage, readMask, writeMask } from "#shared/raster";
import type { Mask } from "#shared/vision";
import type { LocalResult, openLocalRun } from "./local-run.ts";

export interface Evaluation {
  summary: Summary;
  sheets: (SheetScores & {
    seconds?: Record<string, number>;
    /** What ingest and the graph stage had to say against the sheet. */
    quality?: { score: number; reasons: { code: string; message: string }[] };
    /** What is wrong, thing by thing, with its place. */
    mistakes?: Mistake[];
    error?: string;
  })[];
  /** Figures of the same results, spoilt on purpose. */
  controls: Record<string, Summary>;
  /** Figures with true boxes, or true boxes and mask, in the place of our own: where the loss is. */
  oracles: Record<string, Summary>;
}

export interface EvaluateOptions {
  folder: string;
  /** Only the first so many sheets. */
  limit?: number;
  /** Also run with parts replaced by the truth. */
  oracles: boolean;
  /** Keeps `NAME.overlay.png`-ready artifacts of every sheet here. */
  keep?: string;
  /** Draws `NAME.wrong.svg` of every sheet here: what is missed, extra and of another class, over the sheet. */
  pictures?: string;
  onSheet?: (done: number, total: number, name: string) => void;
}

type Run = Awaited<ReturnType<typeof openLocalRun>>;
type Replacement = Record<string, Uint8Array | string>;

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

async function resultOf({ artifacts }: LocalResult): Promise<SheetResult> {
  const junctions = JSON.parse(text(artifacts["junctions.json"])) as { junctions?: SheetResult["junctions"] };
  return {
    symbols: symbolsOf(Coco.parse(JSON.parse(text(artifacts["annotations.json"])))),
    pipeMask: await readMask(artifacts["pipe_mask.png"]!),
    junctions: junctions.junctions ?? (junctions as unknown as SheetResult["junctions"]),
    graph: Graph.parse(JSON.parse(text(artifacts["graph.json"]))),
  };
}

/** Sizes of the sheet the pipeline made and of the truth may differ only when the image was turned or straightened. */
async function readSheet(run: Run, truth: SheetTruth, replace: Replacement): Promise<LocalResult> {
  const uid = truth.name.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, 64);
  return run(await readFile(truth.image), { uid, replace });
}

/** The parts of the truth an oracle puts in the place of ours. */
async function oracleParts(truth: SheetTruth, mask: Mask | undefined): Promise<Record<string, Replacement>> {
  const boxes = { "annotations.json": JSON.stringify(trueAnnotations(truth)) };
  return {
    "true boxes": boxes,
    ...(mask ? { "true boxes, true mask": { ...boxes, "pipe_mask.png": await writeMask(mask) } } : {}),
  };
}

/** Truth and true mask as they lie on the sheet ingest made: it may have straightened the image. */
async function onSheet(given: SheetTruth, { artifacts }: LocalResult) {
  const { fromSource, widthPx, heightPx } = JSON.parse(text(artifacts["sheet.json"])) as {
    fromSource: SourceMap;
    widthPx: number;
    heightPx: number;
  };
  const truth = mapTruth(given, fromSource, widthPx, heightPx);
  const mask = given.pipeMask && (await readMask(await readFile(given.pipeMask)));
  if (!mask) return { truth };
  return { truth, mask: truth === given ? mask : mapMask(mask, fromSource, widthPx, heightPx) };
}

/** Runs every sheet of a folder through the stages and scores it. A sheet that fails counts as zero. */
export async function evaluate(run: Run, options: EvaluateOptions): Promise<Evaluation> {
  const all = await loadTruths(options.folder, async (image) => {
    const header = await probeImage(await readFile(image));
    return { widthPx: header.widthPx, heightPx: header.heightPx };
  });
  const truths = all.slice(0, options.limit ?? all.length);
  const sheets: Evaluation["sheets"] = [];
  const controls: Record<string, SheetScores[]> = {};
  const oracles: Record<string, SheetScores[]> = {};
  for (const [i, given] of truths.entries()) {
    options.onSheet?.(i, truths.length, given.name);
    let truth = given;
    let trueMask: Mask | undefined;
    try {
      const local = await readSheet(run, given, {});
      const result = await resultOf(local);
      ({ truth, mask: trueMask } = await onSheet(given, local));
      const mistakes = findMistakes(truth, result);
      sheets.push({
        ...scoreSheet(truth, result, trueMask),
        seconds: local.seconds,
        ...(result.graph.quality && { quality: result.graph.quality }),
        mistakes,
      });
      if (options.pictures)
        await writeFile(
          join(options.pictures, `${truth.name}.wrong.svg`),
          drawMistakes(mistakes, truth, local.artifacts["sheet.png"]!),
        );
      for (const [name, spoil] of Object.entries(CONTROLS)) {
        const spoilt = scoreSheet(truth, spoil(result), trueMask);
        controls[name] = [...(controls[name] ?? []), spoilt];
      }
      if (options.keep)
        for (const [name, bytes] of Object.entries(local.artifacts))
          await writeFile(join(options.keep, `${truth.name}.${name}`), bytes);
    } catch (error) {
      sheets.push({ ...failedSheet(truth), error: (error as Error).message });
    }
    if (!options.oracles) continue;
    for (const [name, replace] of Object.entries(await oracleParts(truth, trueMask))) {
      const scored = await readSheet(run, truth, replace)
        .then(resultOf)
        .then((result) => scoreSheet(truth, result, trueMask))
        .catch(() => failedSheet(truth));
      oracles[name] = [...(oracles[name] ?? []), scored];
    }
  }
  options.onSheet?.(truths.length, truths.length, "");
  const each = (of: Record<string, SheetScores[]>) =>
    Object.fromEntries(Object.entries(of).map(([name, scores]) => [name, summarise(scores)]));
  return { summary: summarise(sheets), sheets, controls: each(controls), oracles: each(oracles) };
}
