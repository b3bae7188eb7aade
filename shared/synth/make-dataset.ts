import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { generateSheet, type ScanLevel } from "./generate-sheet.ts";
import { readStencils, type StencilLibrary } from "./stencils/read-stencils.ts";
import { writeSheet } from "./write-sheet.ts";

export interface DatasetOptions {
  folder: string;
  count: number;
  /** Seed of the first sheet; the others follow. @default 1 */
  seed?: number;
  widthPx?: number;
  heightPx?: number;
  /** "mixed" draws a level per sheet. @default "none" */
  scan?: ScanLevel | "mixed";
  /** An mxGraph stencil file or a folder of them, for more drawings of the same classes. */
  stencils?: string;
  /** Processes at once. @default 1 */
  jobs?: number;
  /** Called after every sheet with how many are done. */
  progress?: (done: number) => void;
}

/** Name of a sheet in a dataset. */
export const sheetName = (seed: number): string => `s${String(seed).padStart(6, "0")}`;

/** Generates and writes one sheet of a dataset. */
export async function makeOne(
  options: DatasetOptions,
  seed: number,
  library?: StencilLibrary,
): Promise<void> {
  const levels: ScanLevel[] = ["none", "none", "light", "heavy"];
  const scan = options.scan === "mixed" ? levels[seed % levels.length]! : (options.scan ?? "none");
  const name = sheetName(seed);
  writeSheet(
    options.folder,
    name,
    await generateSheet({
      seed,
      widthPx: options.widthPx,
      heightPx: options.heightPx,
      scan,
      library,
      uid: name,
    }),
  );
}

/** Fills a folder with sheets; more than one job runs in child processes, sheets dealt out in turn. */
export async function makeDataset(options: DatasetOptions): Promise<void> {
  const first = options.seed ?? 1;
  const jobs = Math.min(options.jobs ?? 1, options.count);
  let done = 0;
  if (jobs <= 1) {
    const library = options.stencils ? readStencils(options.stencils) : undefined;
    for (let i = 0; i < options.count; i++) {
      await makeOne(options, first + i, library);
      options.progress?.(++done);
    }
    return;
  }
  const { progress, ...plain } = options;
  // Under tsx the child needs the same loader, which execArgv carries.
  const entry = fileURLToPath(
    new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url),
  );
  await Promise.all(
    Array.from(
      { length: jobs },
      (_, job) =>
        new Promise<void>((resolve, reject) => {
          const request = JSON.stringify({ ...plain, seed: first, job, jobs });
          const child = fork(entry, [request], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
          child.on("message", () => progress?.(++done));
          child.on("error", reject);
          child.on("exit", (code) =>
            code === 0 ? resolve() : reject(new Error(`sheet worker ${job} ended with code ${code}`)),
          );
        }),
    ),
  );
}
