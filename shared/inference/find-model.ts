import { access } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { FatalError } from "#shared/errors";

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Penstock's own folders, from the inside out: `dist` has a package.json too, the models lie above it. */
async function packageFolders(): Promise<string[]> {
  const folders: string[] = [];
  let folder = dirname(fileURLToPath(import.meta.url));
  for (; dirname(folder) !== folder; folder = dirname(folder))
    if (await exists(join(folder, "package.json"))) folders.push(folder);
  return folders;
}

/**
 * Finds a model file: an absolute path, or one below the working folder, or below Penstock's own (shipped models).
 * @throws FatalError `MODEL_ABSENT`, naming the places looked at
 */
export async function findModel(path: string): Promise<string> {
  const places = isAbsolute(path)
    ? [path]
    : [resolve(path), ...(await packageFolders()).map((folder) => join(folder, path))];
  for (const place of places) if (await exists(place)) return place;
  throw new FatalError("MODEL_ABSENT", `there is no model file at ${[...new Set(places)].join(" or ")}`);
}
