import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openModel } from "#shared/inference";
import { compareScores } from "../score/scored.ts";
import { madeUpDataset } from "../test-support/made-up.ts";
import type { Trained, Trainer, TrainOptions } from "../types.ts";
import { TRAINERS } from "./trainers.ts";

// Small, because every change waits for this file; `bench/learn` has real figures.
const train = madeUpDataset(20, 1);
const holdout = madeUpDataset(12, 2);
const settings = { maxExamples: 300, rounds: 8 };

function quiet(change: Partial<TrainOptions> = {}): TrainOptions {
  return {
    seed: 7,
    signal: new AbortController().signal,
    progress: () => undefined,
    saveCheckpoint: async () => undefined,
    settings,
    ...change,
  };
}

/** Opens a trained model the way a service does: from a file, with the shape check. */
async function withModel<T>(
  trainer: Trainer,
  onnx: Uint8Array,
  use: (model: Awaited<ReturnType<typeof openModel>>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "learn-"));
  try {
    const path = join(folder, "model.onnx");
    await writeFile(path, onnx);
    await using model = await openModel({ path, input: trainer.input, output: trainer.output, threads: 1 });
    return await use(model);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe.each(Object.values(TRAINERS))("the trainer of $name", (trainer) => {
  const reported: number[] = [];
  let whole: Trained;
  beforeAll(async () => {
    whole = await trainer.train(train, quiet({ progress: (fraction) => reported.push(fraction) }));
  });

  it("beats its baseline on sheets it never saw, with a model that opens as services open it", async () => {
    const scored = await withModel(trainer, whole.onnx, (model) => trainer.score(model, holdout));
    const baseline = await trainer.baseline(holdout);
    const { difference, se } = compareScores(scored, baseline);
    expect(difference).toBeGreaterThan(2 * se);
    expect(Object.values(whole.metrics).every(Number.isFinite)).toBe(true);
    expect(reported).toEqual([...reported].sort((a, b) => a - b));
    expect(reported.at(-1)).toBeCloseTo(1, 1);
  });

  it("goes on from its checkpoint after a stop, and ends with the same bytes as without one", async () => {
    const stop = new AbortController();
    let checkpoint: Uint8Array | undefined;
    const stopped = trainer.train(
      train,
      quiet({
        signal: stop.signal,
        // Somewhere in the middle of learning.
        progress: (fraction) => fraction > 0.8 && stop.abort(new Error("soft limit")),
        saveCheckpoint: async (bytes) => {
          checkpoint = bytes;
        },
      }),
    );
    await expect(stopped).rejects.toThrow("soft limit");
    expect(checkpoint).toBeDefined();
    let first = 0;
    const resumed = await trainer.train(
      train,
      quiet({
        checkpoint: checkpoint!,
        progress: (fraction, note) => {
          if (first === 0 && !note?.startsWith("looked")) first = fraction;
        },
      }),
    );
    expect(first).toBeGreaterThan(0.7);
    expect(Buffer.compare(resumed.onnx, whole.onnx)).toBe(0);
  });

  it("says how much it needs when there is too little", async () => {
    const few = madeUpDataset(1, 3);
    await expect(trainer.train({ ...few, async *records() {} }, quiet())).rejects.toMatchObject({
      code: "TOO_FEW_EXAMPLES",
    });
    await expect(trainer.baseline({ ...few, async *records() {} })).rejects.toMatchObject({
      code: "EMPTY_HOLDOUT",
    });
  });
});
