import { PermanentError } from "#shared/errors";
import { decodeRecord } from "./encode-record.ts";
import { listDatasets } from "./list-datasets.ts";
import type { DatasetStore } from "./store.ts";
import type { Dataset, DatasetSheet, DatasetVersion, Split } from "./types.ts";

/** A dataset version with its two parts. */
export interface OpenedDataset {
  version: DatasetVersion;
  train: Dataset;
  holdout: Dataset;
}

/**
 * Opens a dataset version; records are read one at a time as they are walked, and checked.
 * @param name of a version, or `latest`
 * @throws PermanentError `DATASET_NOT_FOUND`, `DATASET_CORRUPT`; walking the records throws the latter too
 */
export async function readDataset(store: DatasetStore, name: string): Promise<OpenedDataset> {
  const version = name === "latest" ? (await listDatasets(store))[0] : await readVersion(store, name);
  if (!version)
    throw new PermanentError(
      "DATASET_NOT_FOUND",
      name === "latest" ? "there is no dataset yet" : `there is no dataset "${name.slice(0, 80)}"`,
    );
  return { version, train: part(store, version, "train"), holdout: part(store, version, "holdout") };
}

async function readVersion(store: DatasetStore, name: string): Promise<DatasetVersion | undefined> {
  const bytes = /^[\w-]{1,80}$/.test(name) ? await store.get(`versions/${name}.json`) : null;
  if (!bytes) return undefined;
  try {
    const version = JSON.parse(new TextDecoder().decode(bytes)) as DatasetVersion;
    if (version.version === 1 && Array.isArray(version.sheets)) return version;
  } catch {
    // Said below, with the name.
  }
  throw new PermanentError("DATASET_CORRUPT", `the list of dataset "${name}" cannot be read`);
}

function part(store: DatasetStore, version: DatasetVersion, split: Split): Dataset {
  const sheets = version.sheets.filter((sheet) => sheet.split === split);
  return {
    name: version.name,
    digest: version.digest,
    sheets: sheets.length,
    async *records() {
      for (const sheet of sheets) yield await readRecord(store, sheet);
    },
  };
}

async function readRecord(store: DatasetStore, sheet: DatasetSheet) {
  const bytes = await store.get(sheet.key);
  if (!bytes)
    throw new PermanentError("DATASET_CORRUPT", `the record of diagram ${sheet.uid}, ${sheet.key}, is gone`);
  return decodeRecord(bytes, sheet);
}
