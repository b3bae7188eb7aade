import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectBus } from "#shared/bus";
import { buildDataset, busDatasets } from "#shared/learn";
import { LEARNED_MODELS } from "#shared/messages";
import type { RetrainRun } from "#shared/operate";
import { eventually, temporaryFolder } from "#test/nats";
import { madeUpDataset } from "../../shared/learn/test-support/made-up.ts";
import { Api } from "./stack/api.ts";
import { runProgram } from "./stack/program.ts";
import { sheetPng } from "./stack/sheet.ts";
import { startUp, type Up } from "./stack/up.ts";

/** As long as five small trainings may take on a machine that is busy with other things. */
const PATIENCE_MS = 280_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let up: Up;
let api: Api;
let dataset: string;

beforeAll(async () => {
  folder = await temporaryFolder("penstock-e2e-");
  const few = { TRAIN_HEAVY_MAX_EXAMPLES: "500", TRAIN_LIGHT_MAX_EXAMPLES: "500" };
  up = await startUp(folder.path, few, LEARNED_MODELS.length);
  api = new Api(up.url);
});

afterAll(async () => {
  await up?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

const penstock = (...args: string[]) =>
  runProgram("bin/penstock.js", { args: [...args, "--json"], env: { NATS_URL: up.natsUrl } });

/** Freezes what people of another installation have corrected, as `penstock dataset build` does. */
async function freeze(): Promise<string> {
  const bus = await connectBus({ url: up.natsUrl, name: "test" });
  try {
    const sources = [];
    for await (const record of madeUpDataset(24, 1).records())
      sources.push({ uid: record.uid, state: record.uid, describe: async () => record });
    return (await buildDataset(busDatasets(bus), sources, { by: "test", source: "generated" })).name;
  } finally {
    await bus.close();
  }
}

const start = async (options: Record<string, unknown>) =>
  (await api.post<{ run: string; code?: string; detail?: string }>("/api/retrain", options)).body;
const read = async (run: string) => (await api.get<RetrainRun>(`/api/retrain/runs/${run}`)).body;
const liveOf = async (model: string) => {
  const { models } = (await api.get<{ models: { name: string; live: string | null }[] }>("/api/models")).body;
  return models.find(({ name }) => name === model)?.live;
};
const reached = (run: string, ...states: string[]) =>
  eventually(
    `run ${run} is ${states.join(" or ")}`,
    async () => {
      const now = await read(run);
      if (now.endedAt && !states.includes(now.state)) throw new Error(`it is ${JSON.stringify(now)}`);
      return states.includes(now.state) ? now : undefined;
    },
    PATIENCE_MS,
  );

describe("retraining through the all-in-one", () => {
  it("ends with the reason when nobody has validated anything, and promotes nothing", async () => {
    const { code, stdout } = await penstock("retrain", "--watch");
    expect(code).toBe(5);
    const run = JSON.parse(stdout) as RetrainRun;
    expect(run).toMatchObject({
      state: "skipped",
      reason: expect.stringMatching(/0 validated .* 8 are needed/),
    });
    expect(Object.values(run.parts).map(({ state }) => state)).toEqual(LEARNED_MODELS.map(() => "left"));
  });

  it("refuses a name that is no model", async () => {
    const answer = await penstock("retrain", "--models", "ranking,oracle");
    expect(answer).toMatchObject({ code: 2, stderr: expect.stringMatching(/"oracle".*\[UNKNOWN_MODEL\]/) });
  });

  it("trains five models side by side, joins them once, judges and promotes them", async () => {
    dataset = await freeze();
    const { run } = await start({ dataset, reason: "first" });
    await reached(run, "training");
    // One at a time: while this one goes, nobody starts another.
    expect(await start({ dataset })).toMatchObject({
      code: "RUN_ALREADY_GOING",
      detail: expect.stringContaining(run),
    });
    const done = await reached(run, "completed");
    const parts = Object.values(done.parts);
    expect(Object.keys(done.parts).sort()).toEqual([...LEARNED_MODELS].sort());
    expect(parts.map(({ state }) => state)).toEqual(parts.map(() => "trained"));
    for (const [name, part] of Object.entries(done.parts)) {
      expect(part.score, name).toEqual(expect.any(Number));
      expect(part.reason, name).toMatch(/better/);
    }
    expect(done.parts.ranking).toMatchObject({ promoted: true, version: "v1" });
    expect(await liveOf("ranking")).toBe("v1");
    const timeline = await api.get<{
      events: { type: string }[];
      tasks: { stage: string; started: number | null; ended: number | null }[];
    }>(`/api/runs/retrain/${run}/timeline`);
    expect(timeline.body.events.filter(({ type }) => type === "retrain.joined")).toHaveLength(1);
    const trainings = timeline.body.tasks.filter(({ stage }) => stage.startsWith("train-"));
    expect(trainings).toHaveLength(LEARNED_MODELS.length);
    // Side by side: one after another, none would begin before all that began earlier had ended.
    const inOrder = trainings.toSorted((a, b) => (a.started ?? 0) - (b.started ?? 0));
    const besideOthers = inOrder.filter(
      ({ started }, i) => i > 0 && inOrder.slice(0, i).some(({ ended }) => (ended ?? 0) > (started ?? 0)),
    );
    expect(besideOthers.length).toBeGreaterThan(0);
  });

  it("the stages work with what is promoted, without a restart, until it is rolled back with one command", async () => {
    expect(await liveOf("classification")).toBe("shipped");
    expect(await penstock("models", "promote", "classification", "v1")).toMatchObject({ code: 0 });
    const { png } = await sheetPng(13, 900, 700);
    await api.submit("after", png);
    const { details } = await api.reached("after", "completed", { timeoutMs: PATIENCE_MS });
    expect(details.models).toMatchObject({ classification: "v1" });
    expect(await penstock("models", "rollback", "classification")).toMatchObject({ code: 0 });
    expect(await liveOf("classification")).toBe("shipped");
  });

  it("ends with all its parts when somebody revokes it, and gives its turn back", async () => {
    const { run } = await start({ dataset, seed: 2 });
    await reached(run, "training");
    expect(await penstock("revoke", run, "--reason", "enough")).toMatchObject({ code: 0 });
    await reached(run, "revoked");
    // What workers tell comes a moment later. A short training may have ended before the wish arrived; the long ones did not.
    const states = await eventually("no training goes on", async () => {
      const now = Object.values((await read(run)).parts).map(({ state }) => state);
      return now.every((state) => ["trained", "revoked", "left"].includes(state)) ? now : undefined;
    });
    expect(states.filter((state) => state !== "trained").length).toBeGreaterThan(0);
    const next = await start({ dataset: "d-none" });
    const { reason } = await reached(next.run, "error");
    expect(reason).toContain("DATASET_NOT_FOUND");
  });

  it("is started by its schedule's name, and the schedule says how it went", async () => {
    const { stdout } = await penstock("schedule", "run", "retrain-nightly");
    const { run } = JSON.parse(stdout) as { run: string };
    expect(await reached(run, "skipped")).toMatchObject({ schedule: "retrain-nightly" });
    const { body } = await api.get<{ schedules: unknown[] }>("/api/schedules");
    expect(body.schedules).toEqual([
      expect.objectContaining({
        name: "retrain-nightly",
        last: expect.objectContaining({ run, state: "skipped" }),
      }),
    ]);
  });
});
