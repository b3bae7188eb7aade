import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PermanentError } from "#shared/errors";
import { Coco, type Gate, Graph, type ModelName } from "#shared/messages";
import { readGrey, readMask, writeGrey } from "#shared/raster";
import { readDataset } from "../dataset/read-dataset.ts";
import type { DatasetStore } from "../dataset/store.ts";
import type { DatasetSheet, SheetRecord, Split } from "../dataset/types.ts";
import { cocoFile } from "./coco-file.ts";
import { correctedStyles } from "./corrected-styles.ts";
import { type FrozenFiles, type ReadArtifact, readFrozen } from "./frozen-files.ts";
import { type SheetTruth, sheetTruth } from "./sheet-truth.ts";

export interface LayOutOptions {
  /** Which model is to learn: decides which gate a person must have approved. @default "detector" */
  model?: ModelName;
  /** Reads artifacts that the version names. */
  read: ReadArtifact;
  /** Folder of the sheets to learn from. */
  train: string;
  /** Folder of the held-out ones; they are written nowhere when absent. */
  holdout?: string;
  signal?: AbortSignal;
}

/** A sheet that was not written, and why. */
export interface LeftOut {
  uid: string;
  split: Split;
  code: string;
  reason: string;
}

/** What became of the sheets of a version; `sheets.json` of the folder to learn from. */
export interface LaidOut {
  version: string;
  model: ModelName;
  /** Names (uids) of the sheets written, by part. */
  train: string[];
  holdout: string[];
  leftOut: LeftOut[];
}

/** What a person must have looked at, for a sheet to teach a model; boxes where a model is not named. */
const GATE: Partial<Record<ModelName, Gate>> = { segmenter: "masks", classification: "graph" };

/**
 * Writes the sheets of a dataset version as `training/*.py` and other tools read them: `NAME.png`, `NAME.truth.json`,
 * `NAME.style.png`, `classes.json` and, in COCO, `annotations.json`. Everything is made of the artifacts as they were when the version
 * was frozen; a sheet whose artifacts are gone, or that nobody looked at for this model, is left out with the reason.
 * @throws PermanentError `DATASET_NOT_FOUND`, `DATASET_CORRUPT`
 */
export async function layOutSheets(
  store: DatasetStore,
  name: string,
  options: LayOutOptions,
): Promise<LaidOut> {
  const { model = "detector" } = options;
  const opened = await readDataset(store, name);
  const { version } = opened;
  const files = new Map(version.sheets.map((sheet) => [sheet.uid, sheet.files]));
  const laid: LaidOut = { version: version.name, model, train: [], holdout: [], leftOut: [] };
  const found: Record<Split, SheetTruth[]> = { train: [], holdout: [] };
  const classes = new Set<string>();
  for (const split of ["train", "holdout"] as const) {
    const folder = options[split];
    if (folder === undefined) continue;
    await mkdir(folder, { recursive: true });
    for await (const record of opened[split].records()) {
      options.signal?.throwIfAborted();
      try {
        const { truth, names } = await writeSheet(folder, record, files.get(record.uid), {
          ...options,
          model,
          source: version.source,
        });
        for (const each of names) classes.add(each);
        found[split].push(truth);
        laid[split].push(record.uid);
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
        laid.leftOut.push({ uid: record.uid, split, code: error.code, reason: error.message });
      }
    }
  }
  const list = [...classes];
  for (const split of ["train", "holdout"] as const) {
    const folder = options[split];
    if (folder === undefined) continue;
    const sheets = found[split].map((truth) => ({ file: `${truth.sheet.uid}.png`, truth }));
    await writeJson(join(folder, "classes.json"), list);
    await writeJson(join(folder, "annotations.json"), cocoFile(version.name, list, sheets));
  }
  await writeJson(join(options.train, "sheets.json"), laid);
  return laid;
}

/** @returns the truth, and the class names of the sheet in the order its detector had them */
async function writeSheet(
  folder: string,
  record: SheetRecord,
  files: DatasetSheet["files"],
  { model, read, source }: { model: ModelName; read: ReadArtifact; source: "validated" | "generated" },
): Promise<{ truth: SheetTruth; names: string[] }> {
  if (!files)
    throw new PermanentError(
      "DATASET_PICTURE_GONE",
      source === "generated"
        ? "a version of generated sheets keeps no pictures; penstock synth writes them, with exact truth"
        : "the version was frozen before versions named their pictures; build a new one",
    );
  const gate = GATE[model] ?? "annotation";
  if (!record.validated.includes(gate))
    throw new PermanentError(
      "DATASET_GATE_NOT_APPROVED",
      `nobody approved its ${gate}, which a ${model} learns from`,
    );
  const json = async (name: "annotations.json" | "validated_graph.json"): Promise<unknown> =>
    JSON.parse(new TextDecoder().decode(await readFrozen(files, name, read)));
  const annotations = Coco.parse(await json("annotations.json"));
  const graph = record.validated.includes("graph") ? Graph.parse(await json("validated_graph.json")) : null;
  const truth = sheetTruth(record, annotations, graph);
  const path = join(folder, record.uid);
  const picture = await readFrozen(files, "sheet.png", read);
  const styles = await acceptedStyles(files, record, read);
  // The truth last: a sheet is known by it.
  await writeFile(`${path}.png`, picture);
  await writeFile(`${path}.style.png`, styles);
  await writeJson(`${path}.truth.json`, truth);
  return { truth, names: annotations.categories.map(({ name }) => name) };
}

/** The style mask with what a person painted and erased. */
async function acceptedStyles(
  files: FrozenFiles,
  record: SheetRecord,
  read: ReadArtifact,
): Promise<Uint8Array> {
  const stored = await readFrozen(files, "style_mask.png", read);
  const { "skeleton_source.png": before, "pipe_mask.png": after } = files;
  if (!record.validated.includes("masks") || !before || !after || before.digest === after.digest)
    return stored;
  const styles = await readGrey(stored);
  const masks = {
    before: await readMask(await readFrozen(files, "skeleton_source.png", read)),
    after: await readMask(await readFrozen(files, "pipe_mask.png", read)),
  };
  for (const [what, { width, height }] of Object.entries({ ...masks, styles }))
    if (width !== record.widthPx || height !== record.heightPx)
      throw new PermanentError(
        "DATASET_MASK_SIZE",
        `its mask ${what} has ${width} × ${height} px, the sheet ${record.widthPx} × ${record.heightPx}`,
      );
  return writeGrey(correctedStyles(styles, masks.before, masks.after));
}

const writeJson = (path: string, value: unknown): Promise<void> => writeFile(path, JSON.stringify(value));
