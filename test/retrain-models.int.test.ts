import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { objectArtifacts } from "#shared/artifacts";
import { type Bus, connectBus, openObjects, reconcileTopology } from "#shared/bus";
import { buildDataset, busDatasets, type DatasetVersion } from "#shared/learn";
import type { ModelName, RetrainTrained } from "#shared/messages";
import { attemptModels, ModelShelf, promoteModel, showModel } from "#shared/models";
import { type AnyStage, memoryContext } from "#shared/stage";
import { testServer } from "#test/nats";
import cleanUp from "../services/retrain-evaluator/clean-up.ts";
import evaluate from "../services/retrain-evaluator/evaluate.ts";
import promote from "../services/retrain-evaluator/promote.ts";
import trainHeavy from "../services/retrain-trainer/train-heavy.ts";
import trainLight from "../services/retrain-trainer/train-light.ts";
import { madeUpDataset } from "../shared/learn/test-support/made-up.ts";

let server: Awaited<ReturnType<typeof testServer>>;
let bus: Bus;
let folder: string;
let frozen: DatasetVersion;
const fixture = (name: string) => resolve(`test/fixtures/models/${name}.onnx`);

beforeAll(async () => {
  server = await testServer();
  bus = await connectBus({ url: server.url, name: "test" });
  await reconcileTopology(bus, []);
  folder = await mkdtemp(join(tmpdir(), "penstock-retrain-"));
  const sources = [];
  for await (const record of madeUpDataset(24, 1).records())
    sources.push({ uid: record.uid, state: record.uid, describe: async () => record });
  frozen = await buildDataset(busDatasets(bus), sources, { by: "test", source: "generated" });
});
afterAll(async () => {
  await bus?.close();
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const dataset = () => ({
  version: frozen.name,
  digest: frozen.digest,
  createdAt: frozen.createdAt,
  counts: {},
  artifacts: {},
});

/** A context on the real server: artifacts and models of one attempt. */
async function contextOf(stage: AnyStage, settings: object, run: string, attempt = 1) {
  const context = await memoryContext(stage, { ...settings }, { run, attempt }, bus);
  const live: Record<string, { version: string | null; previous: string | null }> = {};
  for (const name of ["ranking", "classification"] as const) {
    const { live: version, previous, history } = await showModel(bus, name);
    if (history.length > 0) live[name] = { version, previous };
  }
  return {
    ...context,
    artifacts: objectArtifacts(bus, () => `${run}/${stage.name}-a${attempt}-${Math.random()}`),
    models: attemptModels(new ModelShelf({ bus, cacheDir: folder }), live, context.log),
  };
}

async function train(
  model: ModelName,
  run: string,
  settings: object,
  options: { signal?: AbortSignal; attempt?: number } = {},
) {
  const stage = model === "classification" ? trainHeavy : trainLight;
  const context = await contextOf(stage, settings, run, options.attempt);
  const message = { uid: run, model, dataset: dataset(), seed: 3 };
  const { signal = context.signal } = options;
  const result = await (stage as AnyStage).handle(message, { ...context, signal });
  return (result as unknown as { body: RetrainTrained }).body;
}

/** Runs a finished training through evaluation, promotion and clean-up. */
async function conclude(run: string, model: ModelName, result: RetrainTrained | null, settings: object = {}) {
  const part = result
    ? { name: model, state: "done", result }
    : { name: model, state: "failed", error: { code: "X", message: "it exploded" } };
  const joined = {
    uid: run,
    models: [model],
    dataset: dataset(),
    seed: 3,
    by: "t",
    reason: "",
    left: {},
    join: { results: [part] },
  };
  let body: unknown = joined;
  for (const stage of [evaluate, promote, cleanUp] as AnyStage[]) {
    const context = await contextOf(stage, settings, run);
    const given = await stage.handle(body, context);
    body = (given as unknown as { body: unknown }).body;
  }
  return body as {
    evaluations: Record<
      string,
      {
        score: number | null;
        liveScore: number | null;
        liveVersion: string | null;
        better: boolean;
        reason: string;
      }
    >;
    promotions: Record<
      string,
      { promoted: boolean; version: string | null; previous: string | null; reason: string }
    >;
    cleaned: { versions: number; objects: number };
  };
}

describe("a candidate of a built-in trainer", { timeout: 300_000 }, () => {
  let first: RetrainTrained;

  it("that beats the naive way where nothing is live is promoted", async () => {
    first = await train("ranking", "r1", { maxExamples: 600 });
    expect(first).toMatchObject({ model: "ranking", trainer: "builtin" });
    const { evaluations, promotions } = await conclude("r1", "ranking", first);
    expect(evaluations.ranking).toMatchObject({ better: true, liveScore: null, liveVersion: null });
    expect(evaluations.ranking!.reason).toMatch(/better beyond noise: .*the naive way/);
    expect(promotions.ranking).toMatchObject({ promoted: true, version: "v1", previous: null });
    const { live, versions } = await showModel(bus, "ranking");
    expect(live).toBe("v1");
    expect(versions[0]).toMatchObject({
      by: "retraining",
      dataset: frozen.name,
      score: evaluations.ranking!.score,
      lineage: { run: "r1", parent: null, trainer: "builtin" },
    });
  });

  it("that is as good as the live one is kept and not promoted, however often it is delivered", async () => {
    for (let twice = 0; twice < 2; twice++) {
      const { evaluations, promotions } = await conclude("r2", "ranking", first);
      expect(evaluations.ranking).toMatchObject({ better: false, liveVersion: "v1" });
      expect(evaluations.ranking!.score).toBe(evaluations.ranking!.liveScore);
      expect(promotions.ranking).toMatchObject({ promoted: false, version: "v2", previous: "v1" });
    }
    expect((await showModel(bus, "ranking")).live).toBe("v1");
  });

  it("is not promoted over what somebody has made live since it was judged", async () => {
    const context = await contextOf(promote, {}, "r3");
    await promoteModel(bus, "ranking", { version: "v2", by: "ann" });
    const evaluation = {
      score: 1,
      liveScore: 0.5,
      liveVersion: "v1",
      better: true,
      reason: "better",
      metrics: {},
      candidate: first,
    };
    const message = {
      uid: "r3",
      models: ["ranking"],
      dataset: dataset(),
      evaluations: { ranking: evaluation },
    };
    const { body } = (await (promote as AnyStage).handle(message, context)) as unknown as {
      body: { promotions: Record<string, unknown> };
    };
    expect(body.promotions.ranking).toMatchObject({
      promoted: false,
      version: "v3",
      reason: expect.stringMatching(/not promoted: .*ann made v2 live/),
    });
    expect((await showModel(bus, "ranking")).live).toBe("v2");
  });

  it("that was lost, or is no model, leaves everything as it was, with the reason", async () => {
    const before = await showModel(bus, "ranking");
    const lost = await conclude("r4", "ranking", null);
    expect(lost.evaluations.ranking).toMatchObject({ better: false, score: null, reason: "it exploded" });
    const context = await contextOf(promote, {}, "r5");
    const rubbish = await context.artifacts.put("model.onnx", "rubbish");
    const bad = await conclude("r5", "ranking", {
      ...first,
      uid: "r5",
      artifacts: { "model.onnx": rubbish },
    });
    expect(bad.evaluations.ranking!.reason).toMatch(/it cannot be scored: .*no usable ranking/);
    expect(bad.promotions.ranking).toMatchObject({ promoted: false, version: null });
    expect((await showModel(bus, "ranking")).versions).toEqual(before.versions);
  });

  it("stopped at its limit leaves a checkpoint, and the next attempt goes on to the same end", async () => {
    const stop = new AbortController();
    const context = await contextOf(trainLight, { maxExamples: 600 }, "r6");
    const message = { uid: "r6", model: "ranking", dataset: dataset(), seed: 3 };
    const stopped = (trainLight as AnyStage).handle(message, {
      ...context,
      signal: stop.signal,
      progress: (fraction: number) => fraction > 0.3 && stop.abort(new Error("the soft limit")),
    });
    await expect(stopped).rejects.toThrow("the soft limit");
    const resumed = await train("ranking", "r6", { maxExamples: 600 }, { attempt: 2 });
    const bytes = async (result: RetrainTrained) => {
      const { key } = result.artifacts["model.onnx"]!;
      return (await openObjects(bus, "artifacts")).getBlob(key);
    };
    expect(Buffer.compare((await bytes(resumed))!, (await bytes(first))!)).toBe(0);
    const { cleaned } = await conclude("r6", "ranking", resumed);
    expect(cleaned.objects).toBeGreaterThan(0);
  });

  it("takes with it what old runs left, a failed one's checkpoint too, but nothing of a run a live or previous model is of", async () => {
    const store = await openObjects(bus, "artifacts");
    const runs = async () => new Set((await store.list()).map(({ name }) => name.split("/")[0]));
    const { versions } = await showModel(bus, "ranking");
    const { run: previous } = versions.find(({ state }) => state === "previous")!.lineage;
    await store.putBlob({ name: "failed-run/checkpoints/ranking-a1-0" }, new Uint8Array(10));
    await store.putBlob({ name: "diagram-1/ingest-g0a1-abc/sheet.png" }, new Uint8Array(10));
    await train("ranking", "r7", { maxExamples: 100 });
    const newest = await train("ranking", "r8", { maxExamples: 100 });
    const before = await runs();
    for (const run of ["failed-run", "r6", previous]) expect(before).toContain(run);
    await conclude("r8", "ranking", newest, { runs: 1 });
    expect([...(await runs())].sort()).toEqual(["diagram-1", previous, "r7", "r8"].sort());
  });
});

describe("an external trainer", { timeout: 300_000 }, () => {
  /** A trainer in a few lines of shell; `$1` is the folder for the result, `$2` the dataset, `$3` the checkpoint. */
  async function command(script: string): Promise<object> {
    const path = join(folder, `trainer-${Math.random().toString(36).slice(2)}.sh`);
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o700);
    return { classificationCommand: `sh ${path} {out} {data} {checkpoint} {seed}`, commandLimitMs: 60_000 };
  }
  const good = `cp ${fixture("junction")} $1/classification.onnx && echo '{"accuracy": 0.5, "perClass": {"tee": {"f1": 0.25}}}' > $1/metrics.json`;

  it("gets the dataset and leaves a candidate with its figures and its output", async () => {
    const settings = await command(
      `test -f $2/version.json || exit 9; ls $2/sheets | wc -l; echo '{"progress": 0.5, "note": "half"}'; ${good}; echo "seed $4"`,
    );
    const result = await train("classification", "x1", settings);
    expect(result.metrics).toEqual({ accuracy: 0.5, "perClass.tee.f1": 0.25 });
    const { key } = result.artifacts["train.log"]!;
    const log = new TextDecoder().decode((await (await openObjects(bus, "artifacts")).getBlob(key))!);
    // What of the dataset has no picture is told before the trainer's own words.
    expect(log).toMatch(/^0 sheets to learn from, 0 held out, 24 left out\n/);
    expect(log).toMatch(/^left out \S+: a version of generated sheets keeps no pictures/m);
    expect(log).toMatch(/^\s*\d+\n[\s\S]*seed 3\n$/m);
    expect(Number(/^\s*(\d+)$/m.exec(log)?.[1])).toBeGreaterThanOrEqual(frozen.sheets.length);
  });

  it.each([
    ["ends with an exit code", "echo oops; exit 3", "TRAINER_FAILED", /exit code 3/],
    ["leaves no model", `echo '{}' > $1/metrics.json`, "TRAINER_LEFT_NO_MODEL", /no ONNX file/],
    [
      "leaves no metrics",
      `cp ${fixture("junction")} $1/model.onnx`,
      "TRAINER_LEFT_BAD_METRICS",
      /metrics\.json/,
    ],
    [
      "leaves weights that are no numbers",
      `cp ${fixture("useless-nan")} $1/model.onnx; echo '{}' > $1/metrics.json`,
      "MODEL_INVALID",
      /NaN/,
    ],
    [
      "leaves a model of another shape",
      `cp ${fixture("detector")} $1/model.onnx; echo '{}' > $1/metrics.json`,
      "MODEL_INVALID",
      /input is float32 \[n, 3, 128, 128\], expected float32 \[any, 1, any, any\]/,
    ],
  ])("that %s has failed for good, and the live model is as it was", async (_what, script, code, text) => {
    const before = await showModel(bus, "classification");
    const error = await train("classification", "x2", await command(script)).catch((caught) => caught);
    expect(error).toMatchObject({ code, kind: "permanent" });
    expect(error.message).toMatch(text);
    expect(await showModel(bus, "classification")).toEqual(before);
  });

  it("that hangs is over when its time is up", async () => {
    const settings = { ...(await command("sleep 1000")), commandLimitMs: 3_000 };
    await expect(train("classification", "x3", settings)).rejects.toMatchObject({
      code: "TRAINER_TIMED_OUT",
    });
  });

  it("goes on from what it left in its checkpoint folder", async () => {
    const stop = new AbortController();
    const slow = await command(
      `trap 'echo 41 > $3/state; exit 0' TERM; echo '{"progress": 0.1}'; while :; do sleep 0.1; done`,
    );
    const context = await contextOf(trainHeavy, slow, "x4");
    const message = { uid: "x4", model: "classification", dataset: dataset(), seed: 3 };
    const stopped = (trainHeavy as AnyStage).handle(message, {
      ...context,
      signal: stop.signal,
      progress: () => stop.abort(new Error("the soft limit")),
    });
    await expect(stopped).rejects.toThrow("the soft limit");
    const settings = await command(`echo "found $(cat $3/state)"; ${good}`);
    const result = await train("classification", "x4", settings, { attempt: 2 });
    const { key } = result.artifacts["train.log"]!;
    const log = new TextDecoder().decode((await (await openObjects(bus, "artifacts")).getBlob(key))!);
    expect(log).toContain("found 41");
  });

  const python = ["python3", "/usr/bin/python3"].find(
    (each) => spawnSync(each, ["-c", "import torch, onnx, cv2"]).status === 0,
  );
  // Needs PyTorch, which CI has not.
  it.skipIf(!python)(
    "may be one of the repository's own training scripts",
    { timeout: 580_000 },
    async () => {
      const sheets = join(folder, "sheets");
      const synth = ["synth", "--out", sheets, "--count", "3", "--seed", "5", "--size", "1600x1200"];
      const made = spawnSync(process.execPath, ["--import", "tsx", "cli/main.ts", ...synth], {
        encoding: "utf8",
      });
      expect(made.status, made.stderr).toBe(0);
      const script = `${python} training/junction.py --data ${sheets} --out {out} --run {checkpoint}`;
      const result = await train("classification", "x6", {
        classificationCommand: `${script} --minutes 0.2 --max-steps 4 --batch 16 --threads 1 --seed {seed}`,
        commandLimitMs: 500_000,
      });
      expect(result.metrics.accuracy).toBeGreaterThanOrEqual(0);
      expect(result.trainer).toContain("training/junction.py");
      const card = (await (await openObjects(bus, "artifacts")).getBlob(result.artifacts["card.json"]!.key))!;
      expect(JSON.parse(new TextDecoder().decode(card))).toMatchObject({ model: "junction", seed: 3 });
    },
  );

  it("is needed where nothing is built in", async () => {
    const context = await contextOf(trainHeavy, {}, "x5");
    const message = { uid: "x5", model: "detector", dataset: dataset(), seed: 3 };
    await expect((trainHeavy as AnyStage).handle(message, context)).rejects.toMatchObject({
      code: "NO_TRAINER",
      message: expect.stringContaining("TRAIN_HEAVY_DETECTOR_COMMAND"),
    });
  });
});
