import type { DatasetSource } from "#shared/learn";
import { describeSheet } from "#shared/learn";
import { encodePng, generateSheet, type ScanLevel } from "#shared/synth";
import { openLocalRun } from "../eval/local-run.ts";
import { evidenceOf } from "./evidence-of.ts";

export interface GeneratedOptions {
  count: number;
  /** Seed of the first sheet; the others follow. */
  seed: number;
  widthPx: number;
  heightPx: number;
}

/** Half of the sheets are hard to read: on clean ones there is nothing to correct. */
const SCANS: readonly ScanLevel[] = ["none", "light", "heavy", "heavy"];

/** What the sheet of a seed depends on, so that a record made of it can be used again. */
const GENERATOR = "penstock-synth 1";

/**
 * Diagrams nobody had to correct: generated sheets read by the real models, with the truth as the corrections. Sheets whose
 * record exists already are not read again; models are opened with the first that is.
 */
export async function* generatedDiagrams(options: GeneratedOptions): AsyncGenerator<DatasetSource> {
  const { count, seed: first, widthPx, heightPx } = options;
  let run: ReturnType<typeof openLocalRun> | undefined;
  for (let seed = first; seed < first + count; seed++) {
    const uid = `generated-${seed}`;
    const scan = SCANS[seed % SCANS.length]!;
    yield {
      uid,
      state: `${GENERATOR} ${seed} ${widthPx} ${heightPx} ${scan}`,
      async describe() {
        const sheet = await generateSheet({ seed, widthPx, heightPx, scan, uid });
        const png = encodePng(sheet.image, sheet.widthPx, sheet.heightPx, sheet.channels);
        run ??= openLocalRun();
        const { artifacts } = await (await run)(png, { uid });
        return describeSheet(await evidenceOf(uid, sheet.truth, artifacts));
      },
    };
  }
}
