import { access } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { FatalError } from "#shared/errors";

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** The folder of Penstock's own package.json: of the sources, or above `dist`. */
async function packageRoot(): Promise<string> {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!(await exists(join(folder, "package.json"))) && dirname(folder) !== folder)
    folder = dirname(folder);
  return folder;
}

/**
 * Finds a model file: an absolute path, or one below the working folder, or below Penstock's own (shipped models).
 * @throws FatalError `MODEL_ABSENT`, naming the places looked at
 */
export async function findModel(path: string): Promise<string> {
  const places = isAbsolute(path) ? [path] : [resolve(path), join(await packageRoot(), path)];
  for (const place of places) if (await exists(place)) return place;
  throw new FatalError("MODEL_ABSENT", `there is no model file at ${[...new Set(places)].join(" or ")}`);
}
