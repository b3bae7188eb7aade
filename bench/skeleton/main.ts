/**
 * Times skeletonization of a sheet of 7168 × 4561 px and compares it with scikit-image and OpenCV on the same mask in the
 * same run: `npm run bench -- skeleton [mask.png …]`. Ratios are what counts; absolute times depend on the machine.
 * PYTHON names an interpreter that has scikit-image or OpenCV; without them only our side is timed.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import {
  buildGraph,
  findJunctions,
  type Mask,
  resolveJunctions,
  skeletonizeSimple,
  thin,
} from "#shared/vision";
import { sourceFolder } from "../support/source-folder.ts";
import { drawSheet } from "./draw-sheet.ts";

const ROUNDS = 5;
const python = process.env.PYTHON ?? "/usr/bin/python3";
const helper = fileURLToPath(new URL("./compare.py", sourceFolder(import.meta.url)));

const masks: [string, Mask][] = process.argv.length > 2 ? [] : [["drawn 7168 × 4561", drawSheet(7168, 4561)]];
for (const file of process.argv.slice(2)) {
  const { data, info } = await sharp(file).greyscale().raw().toBuffer({ resolveWithObject: true });
  masks.push([
    file,
    { width: info.width, height: info.height, data: new Uint8Array(data.map((v) => (v > 127 ? 1 : 0))) },
  ]);
}
for (const [name, mask] of masks) {
  console.log(`\n${name}: ${mask.data.reduce((a, b) => a + b, 0)} ink pixels`);
  const ours = best(() => thin(mask));
  report("ours: thin", ours.ms, quality(ours.result), ours.ms);
  const full = best(() => skeletonizeSimple(mask).skeleton);
  report("ours: thin, prune, bridge", full.ms, quality(full.result), ours.ms);
  const graph = best(() => classicalStages(mask));
  report("ours: all classical stages", graph.ms, graph.result, ours.ms);
  const folder = mkdtempSync(join(tmpdir(), "skeleton-"));
  try {
    writeFileSync(join(folder, "mask.raw"), mask.data);
    const child = spawnSync(python, ["-B", helper, folder, `${mask.width}`, `${mask.height}`, `${ROUNDS}`], {
      encoding: "utf8",
    });
    if (child.status !== 0) {
      console.log(
        `no comparison: ${python} ended with ${child.status ?? child.error?.message} ${child.stderr ?? ""}`,
      );
      continue;
    }
    for (const entry of JSON.parse(child.stdout) as {
      name: string;
      ms?: number;
      file?: string;
      missing?: string;
    }[]) {
      if (entry.missing !== undefined) console.log(`  ${entry.name}: not available (${entry.missing})`);
      else {
        const data = new Uint8Array(readFileSync(join(folder, entry.file!)));
        report(entry.name, entry.ms!, quality({ width: mask.width, height: mask.height, data }), ours.ms);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Mask to graph: skeleton, junctions by geometry, graph without symbols. Says what came out. */
function classicalStages(mask: Mask): string {
  const { skeleton, lineWidthPx } = skeletonizeSimple(mask);
  const junctions = resolveJunctions(findJunctions(skeleton, { lineWidthPx, ink: mask }), { lineWidthPx });
  const sheet = { uid: "bench", widthPx: mask.width, heightPx: mask.height };
  const { edges } = buildGraph({ sheet, skeleton, junctions, symbols: [], lineWidthPx, pipeMask: mask });
  return `${junctions.length} junctions, ${edges.length} edges`;
}

function best<T>(run: () => T): { ms: number; result: T } {
  let ms = Number.POSITIVE_INFINITY;
  let result = run();
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    result = run();
    ms = Math.min(ms, performance.now() - start);
  }
  return { ms, result };
}

/** Pixels left and 2×2 blocks left: a skeleton with blocks is not one pixel wide. */
function quality({ width, height, data }: Mask): string {
  let pixels = 0;
  let blocks = 0;
  for (let y = 0; y < height; y++)
    for (let i = y * width; i < (y + 1) * width; i++)
      if (data[i]) {
        pixels++;
        if (
          y + 1 < height &&
          i + 1 < (y + 1) * width &&
          data[i + 1] &&
          data[i + width] &&
          data[i + width + 1]
        )
          blocks++;
      }
  return `${pixels} px, ${blocks} blocks of 2×2`;
}

function report(name: string, ms: number, note: string, reference: number): void {
  console.log(
    `  ${name.padEnd(34)} ${ms.toFixed(0).padStart(6)} ms  × ${(ms / reference).toFixed(2).padStart(6)}  ${note}`,
  );
}
