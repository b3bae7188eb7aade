import { ZodError } from "zod";
import { PermanentError } from "#shared/errors";
import { type FrozenFiles, stateOfFiles } from "../outside/frozen-files.ts";
import { wasCorrected } from "./compare-boxes.ts";
import { decodeRecord, digestOf, encodeRecord } from "./encode-record.ts";
import { listDatasets } from "./list-datasets.ts";
import { splitOf } from "./split.ts";
import type { DatasetStore } from "./store.ts";
import type { DatasetCounts, DatasetSheet, DatasetVersion, SheetRecord, Split } from "./types.ts";

/** A diagram to learn from, described when it is needed. */
export interface DatasetSource {
  uid: string;
  /** What its record depends on (artifact digests): the same state is described once, in whatever version it is used. */
  state: string;
  describe(): Promise<SheetRecord>;
  /** The artifacts it was made of, which the version names for external trainers. */
  files?: FrozenFiles;
}

export interface BuildOptions {
  by: string;
  source: DatasetVersion["source"];
  /** Fewest diagrams a version is made of. @default 8 */
  minSheets?: number;
  /** Fewest of them that are held out. @default 2 */
  minHoldout?: number;
  signal?: AbortSignal;
  /** @param fraction 0..1, where the number of sources is known */
  progress?(done: number, note: string): void;
  /** Hears of diagrams that cannot be read (an artifact is gone or broken): the others are learned from all the same. */
  passedOver?(uid: string, reason: string): void;
}

/** Changes when records hold other things: older ones are described anew. */
const RECORD_FORMAT = 2;

/**
 * Freezes a version of everything there is to learn from. One diagram is in memory at a time; a diagram described before, by an
 * interrupted build or for an older version, is not described again. The same content is the same version.
 * @throws PermanentError `DATASET_TOO_SMALL` with the numbers
 */
export async function buildDataset(
  store: DatasetStore,
  sources: AsyncIterable<DatasetSource> | Iterable<DatasetSource>,
  options: BuildOptions,
): Promise<DatasetVersion> {
  const { minSheets = 8, minHoldout = 2 } = options;
  const found = new Map<string, DatasetSheet>();
  for await (const source of sources) {
    options.signal?.throwIfAborted();
    try {
      const sheet = await freeze(store, source);
      found.set(source.uid, source.files ? { ...sheet, files: source.files } : sheet);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      options.passedOver?.(source.uid, error.message);
      continue;
    }
    options.progress?.(found.size, source.uid);
  }
  const sheets = [...found.values()].sort((a, b) => (a.uid < b.uid ? -1 : 1));
  const held = sheets.filter(({ split }) => split === "holdout").length;
  if (sheets.length < minSheets || held < minHoldout || held === sheets.length)
    throw new PermanentError(
      "DATASET_TOO_SMALL",
      `there are ${sheets.length} ${options.source} diagrams, ${held} of them held out; ${minSheets} are needed, with at least ${minHoldout} held out`,
    );
  const digest = digestOf(
    sheets
      .map(
        ({ uid, digest: own, files }) => `${uid} ${own}${files ? ` ${digestOf(stateOfFiles(files))}` : ""}\n`,
      )
      .join(""),
  );
  const same = (await listDatasets(store)).find((version) => version.digest === digest);
  if (same) return same;
  const createdAt = Date.now();
  const stamp = new Date(createdAt).toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  const version: DatasetVersion = {
    version: 1,
    name: `d-${stamp}-${digest.slice(0, 8)}`,
    createdAt,
    by: options.by,
    source: options.source,
    digest,
    sheets,
    totals: { train: totals(sheets, "train"), holdout: totals(sheets, "holdout") },
  };
  await store.put(`versions/${version.name}.json`, new TextEncoder().encode(JSON.stringify(version)));
  return version;
}

/** True for what another attempt would meet again. */
const isUnreadable = (error: unknown): error is Error =>
  error instanceof PermanentError || error instanceof ZodError || error instanceof SyntaxError;

/** Stores a diagram's record unless it is there, and a short entry beside it, so that a later build need not read it. */
async function freeze(store: DatasetStore, source: DatasetSource): Promise<DatasetSheet> {
  const key = `sheets/${source.uid}-${digestOf(`${RECORD_FORMAT} ${source.state}`).slice(0, 16)}`;
  const entry = await store.get(`${key}.json`);
  if (entry) return JSON.parse(new TextDecoder().decode(entry)) as DatasetSheet;
  // A build that died between the two files left a whole record.
  const left = await store.get(`${key}.msgpack`);
  const bytes = left ?? encodeRecord(await source.describe());
  const digest = digestOf(bytes);
  const record = decodeRecord(bytes, { uid: source.uid, digest });
  if (!left) await store.put(`${key}.msgpack`, bytes);
  const sheet: DatasetSheet = {
    uid: source.uid,
    split: splitOf(source.uid),
    key: `${key}.msgpack`,
    digest,
    size: bytes.byteLength,
    counts: countsOf(record),
  };
  await store.put(`${key}.json`, new TextEncoder().encode(JSON.stringify(sheet)));
  return sheet;
}

function countsOf({ boxes, junctions, edges }: SheetRecord): DatasetCounts {
  return {
    boxes: boxes.length,
    correctedBoxes: boxes.filter(wasCorrected).length,
    junctions: junctions.length,
    correctedJunctions: junctions.filter(wasCorrected).length,
    edges: edges.length,
    correctedEdges: edges.filter(({ right }) => !right).length,
  };
}

function totals(sheets: readonly DatasetSheet[], split: Split): DatasetVersion["totals"][Split] {
  const part = sheets.filter((sheet) => sheet.split === split);
  const sum = (field: keyof DatasetCounts) => part.reduce((total, sheet) => total + sheet.counts[field], 0);
  return {
    sheets: part.length,
    boxes: sum("boxes"),
    correctedBoxes: sum("correctedBoxes"),
    junctions: sum("junctions"),
    correctedJunctions: sum("correctedJunctions"),
    edges: sum("edges"),
    correctedEdges: sum("correctedEdges"),
  };
}
