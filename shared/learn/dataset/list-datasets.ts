import type { DatasetStore } from "./store.ts";
import type { DatasetVersion } from "./types.ts";

/** Every dataset version in a store, newest first. */
export async function listDatasets(store: DatasetStore): Promise<DatasetVersion[]> {
  const versions: DatasetVersion[] = [];
  for (const key of await store.list("versions/")) {
    const bytes = await store.get(key);
    if (bytes) versions.push(JSON.parse(new TextDecoder().decode(bytes)) as DatasetVersion);
  }
  return versions.sort((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? 1 : -1));
}
