import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { putObject } from "#shared/artifacts";
import { type Bus, openObjects } from "#shared/bus";

/** Where datasets lie: small files by key, written once. */
export interface DatasetStore {
  get(key: string): Promise<Uint8Array | null>;
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Keys that begin with `prefix`, in no order. */
  list(prefix: string): Promise<string[]>;
}

/** Folder of the object store that datasets have to themselves. */
const PREFIX = "datasets/";
const BUCKET = "models";

/** Datasets in the object store `models`, under `datasets/`. */
export function busDatasets(bus: Bus): DatasetStore {
  return {
    async get(key) {
      const store = await openObjects(bus, BUCKET);
      const info = await store.info(PREFIX + key);
      return info && !info.deleted ? await store.getBlob(PREFIX + key) : null;
    },
    async put(key, bytes) {
      await putObject(bus, BUCKET, PREFIX + key, [bytes]);
    },
    async list(prefix) {
      const store = await openObjects(bus, BUCKET);
      const infos = await store.list();
      return infos
        .filter(({ name, deleted }) => !deleted && name.startsWith(PREFIX + prefix))
        .map(({ name }) => name.slice(PREFIX.length));
    },
  };
}

/** Datasets in a folder: what external trainers read, and tests. */
export function folderDatasets(folder: string): DatasetStore {
  return {
    get: (key) => readFile(join(folder, key)).catch(absent(null)),
    async put(key, bytes) {
      const path = join(folder, key);
      await mkdir(dirname(path), { recursive: true });
      // A file with its name is whole.
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path);
    },
    async list(prefix) {
      const names = await readdir(folder, { recursive: true }).catch(absent([] as string[]));
      return names.filter((name) => name.startsWith(prefix) && !name.endsWith(".part") && name.includes("."));
    },
  };
}

/** What to answer where there is no such file. */
const absent =
  <T>(value: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === "ENOENT") return value;
    throw error;
  };
