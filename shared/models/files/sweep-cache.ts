import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** A file used within this may be just about to be opened by a neighbour. */
const RECENT_MS = 600_000;

/**
 * Removes files of one model's folder in the cache that are neither named nor used lately.
 * @param keep file names
 */
export async function sweepCache(
  folder: string,
  keep: ReadonlySet<string>,
  recentMs = RECENT_MS,
): Promise<string[]> {
  const removed: string[] = [];
  for (const file of await readdir(folder).catch(() => [])) {
    if (keep.has(file)) continue;
    const path = join(folder, file);
    const used = await stat(path).catch(() => null);
    if (!used || Date.now() - used.mtimeMs < recentMs) continue;
    await rm(path, { force: true });
    removed.push(file);
  }
  return removed;
}
