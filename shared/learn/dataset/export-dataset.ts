import { readDataset } from "./read-dataset.ts";
import type { DatasetStore } from "./store.ts";
import { folderDatasets } from "./store.ts";
import type { DatasetVersion } from "./types.ts";

/**
 * Copies a dataset version into a folder, for an external trainer: `version.json`, and `sheets/*.msgpack` (gzipped MessagePack of
 * `SheetRecord`, hold-out included). Pictures, boxes and masks are `layOutSheets`'s.
 * @throws PermanentError `DATASET_NOT_FOUND`, `DATASET_CORRUPT`
 */
export async function exportDataset(
  store: DatasetStore,
  name: string,
  folder: string,
): Promise<DatasetVersion> {
  const { version } = await readDataset(store, name);
  const target = folderDatasets(folder);
  for (const { key } of version.sheets) {
    const bytes = await store.get(key);
    if (bytes) await target.put(key, bytes);
  }
  const text = new TextEncoder().encode(JSON.stringify(version));
  await target.put(`versions/${version.name}.json`, text);
  await target.put("version.json", text);
  return version;
}
