import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeDataset, type ScanLevel } from "#shared/synth";

/** A small set of generated sheets, the same ones every time: what `penstock eval` without a folder scores. */
interface FixedSet {
  name: string;
  seed: number;
  count: number;
  scan: ScanLevel;
}

/** Seeds that training never uses (training/README.md: its seeds are below 900,000). */
const SETS: readonly FixedSet[] = [
  { name: "clean", seed: 930_001, count: 3, scan: "none" },
  { name: "noise", seed: 940_001, count: 2, scan: "light" },
];
const WIDTH_PX = 2000;
const HEIGHT_PX = 1400;

/** Draws the fixed sets in a temporary folder, which goes when disposed. */
export async function makeFixedSets(): Promise<AsyncDisposable & { folders: Record<string, string> }> {
  const root = await mkdtemp(join(tmpdir(), "penstock-eval-"));
  const folders: Record<string, string> = {};
  for (const { name, seed, count, scan } of SETS) {
    folders[name] = join(root, name);
    await makeDataset({
      folder: folders[name],
      count,
      seed,
      scan,
      widthPx: WIDTH_PX,
      heightPx: HEIGHT_PX,
    });
  }
  return { folders, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}
