import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { putObject } from "#shared/artifacts";
import { type Bus, connectBus, openKv, reconcileTopology } from "#shared/bus";
import { addModel, promoteModel, readVersion, rollbackModel } from "#shared/models";
import { eventually, temporaryFolder, testServer } from "#test/nats";
import { probePipeline } from "#test/probe/pipeline";
import { answerOf, ask, startProbe } from "#test/probe/start";
import { changeStageSettings } from "./stage-settings.ts";

type Server = Awaited<ReturnType<typeof testServer>>;
let server: Server;
let bus: Bus;
let cache: Awaited<ReturnType<typeof temporaryFolder>>;
let probe: Awaited<ReturnType<typeof startProbe>>;
const model = "classification";
const path = resolve("test/fixtures/models/junction.onnx");

beforeAll(async () => {
  server = await testServer();
  cache = await temporaryFolder();
  bus = await connectBus({ url: server.url, name: "test" });
  await reconcileTopology(bus, [probePipeline]);
  probe = await startProbe(server.url, { MODEL_CACHE_DIR: cache.path });
});
afterAll(async () => {
  await probe?.[Symbol.asyncDispose]();
  await bus?.close();
  await server?.[Symbol.asyncDispose]();
  await cache?.[Symbol.asyncDispose]();
});

const PATIENCE_MS = 120_000;
const answered = (uid: string) => eventually(`an answer to ${uid}`, () => answerOf(bus, uid), PATIENCE_MS);
const add = () => addModel(bus, model, { path }, { by: "test" });
const inUse = () => probe.worker.models.used[model];
const deadLetters = async () => (await bus.jsm.streams.info("DEAD")).state.messages;

describe("a promotion", { timeout: 300_000 }, () => {
  it("leaves the shipped model in use until there is one", async () => {
    await ask(bus, "shipped");
    expect(await answered("shipped")).toMatchObject({ before: "shipped", after: "shipped" });
    expect(inUse()).toBe("shipped");
  });

  it("is picked up between tasks that flow; none is lost, none fails, none changes its model midway", async () => {
    const { version } = await add();
    const uids: string[] = [];
    let promoted = false;
    const flow = (async () => {
      while (!promoted || uids.length < 40) {
        const uid = `flow-${uids.length}`;
        uids.push(uid);
        await ask(bus, uid, 20);
        await answered(uid);
        if (uids.length > 400) throw new Error("the promotion does not end");
      }
    })();
    await eventually("some answers", () => uids.length > 10, PATIENCE_MS);
    const asked = Date.now();
    await promoteModel(bus, model, { version, by: "test" });
    // The worker hears of it by itself, a moment later.
    await eventually("the news", () => probe.worker.live.of(model)?.version === version, PATIENCE_MS);
    const took = Date.now() - asked;
    // The flow asks at least once more after this.
    const last = uids.length;
    await eventually("one more question", () => uids.length > last, PATIENCE_MS);
    promoted = true;
    await ask(bus, "after");
    expect((await answered("after")).after).toBe(version);
    await flow;
    const answers = await Promise.all(uids.map(answered));
    expect(answers.every(({ before, after }) => before === after)).toBe(true);
    const versions = answers.map(({ after }) => after);
    expect(new Set(versions)).toEqual(new Set(["shipped", version]));
    // Once new, never old again.
    expect(versions.lastIndexOf("shipped")).toBeLessThan(versions.indexOf(version));
    expect(probe.worker.counts).toMatchObject({ failed: 0, duplicates: 0 });
    expect(await deadLetters()).toBe(0);
    expect(took).toBeLessThan(PATIENCE_MS);
  });

  it("is opened by a warm executor without any task, and so is a roll back", async () => {
    const { version } = await add();
    const before = inUse();
    await promoteModel(bus, model, { version, by: "test" });
    await eventually("the new version", () => inUse() === version, PATIENCE_MS);
    await rollbackModel(bus, model, { by: "test" });
    await eventually("the old version", () => inUse() === before, PATIENCE_MS);
    await ask(bus, "idle");
    expect(await answered("idle")).toMatchObject({ before, after: before });
  });
});

describe("a live version that does not load", { timeout: 300_000 }, () => {
  it("is passed over for the one before it, in plain sight, and tasks go on", async () => {
    const before = inUse()!;
    const version = "v77";
    // Somebody writes into the store by hand: a detector in the place of a junction network.
    const wrong = await readFile(resolve("test/fixtures/models/detector.onnx"));
    await putObject(bus, "models", `versions/${model}/${version}.onnx`, [wrong]);
    const kv = await openKv(bus, "models");
    const good = (await readVersion(bus, model, before)).value!;
    const digest = createHash("sha256").update(wrong).digest("hex");
    await kv.put(`${model}.${version}`, JSON.stringify({ ...good, version, digest, size: wrong.byteLength }));
    const change = { version, at: Date.now(), by: "hand", reason: null };
    await kv.put(model, JSON.stringify({ ...change, previous: before, history: [change] }));
    await eventually("the trouble", () => probe.worker.models.troubles[model], PATIENCE_MS);
    expect(probe.worker.models.troubles[model]).toMatch(new RegExp(`${model} ${version} does not load`));
    await ask(bus, "broken");
    expect(await answered("broken")).toMatchObject({ before, after: before });
    expect(await deadLetters()).toBe(0);
    // And is well again when the next one is promoted.
    const next = await add();
    await promoteModel(bus, model, { version: next.version, by: "test" });
    await eventually("no trouble", () => inUse() === next.version, PATIENCE_MS);
    expect(probe.worker.models.troubles).toEqual({});
  });

  it("gives way to a file the settings name, whatever is live", async () => {
    await changeStageSettings(bus, "look", { options: { modelPath: path } });
    await eventually(
      "the setting",
      () => probe.worker.settings.of("look").options?.modelPath === path,
      PATIENCE_MS,
    );
    await ask(bus, "named");
    expect((await answered("named")).after).toMatch(/^file:junction\.onnx-[0-9a-f]{8}$/);
  });
});
