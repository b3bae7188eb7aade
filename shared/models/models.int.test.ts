import { readdir, utimes, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { putObject } from "#shared/artifacts";
import { type Bus, openKv, openObjects } from "#shared/bus";
import { temporaryFolder } from "#test/nats";
import { withBus } from "#test/with-bus";
import { sweepCache } from "./files/sweep-cache.ts";
import {
  addModel,
  fetchVersion,
  listModels,
  promoteModel,
  readVersion,
  removeModel,
  retainModels,
  rollbackModel,
  showModel,
} from "./index.ts";

let bus: Bus;
const path = resolve("test/fixtures/models/junction.onnx");
const model = "classification";

withBus([], (own) => {
  ({ bus } = own);
});

const add = (about = {}) => addModel(bus, model, { path }, { by: "ann", ...about });
const stand = async () => {
  const { live, previous } = await showModel(bus, model);
  return [live, previous];
};
const states = async () =>
  Object.fromEntries((await showModel(bus, model)).versions.map(({ version, state }) => [version, state]));

async function audits(): Promise<Record<string, unknown>[]> {
  const { state } = await bus.jsm.streams.info("TASKS");
  const entries: Record<string, unknown>[] = [];
  for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
    const message = await bus.jsm.streams.getMessage("TASKS", { seq });
    if (message?.subject.startsWith("task.audit.models.")) entries.push(message.json());
  }
  return entries;
}

describe("the registry", { timeout: 180_000 }, () => {
  it("knows every model, and the shipped files before anything is promoted", async () => {
    const models = await listModels(bus);
    expect(models.map(({ name }) => name)).toEqual([
      "detector",
      "segmenter",
      "classification",
      "regression",
      "clustering",
      "ranking",
      "recommendation",
    ]);
    const detector = models[0]!;
    expect(detector).toMatchObject({ live: "shipped", previous: null });
    expect(detector.versions).toHaveLength(1);
    expect(detector.versions[0]).toMatchObject({ version: "shipped", state: "live", by: "penstock" });
    expect(detector.versions[0]!.classes).toBeGreaterThan(10);
    expect(models.at(-1)).toMatchObject({ live: null, versions: [] });
  });

  it("keeps a version as it was added, with all that is known of it", async () => {
    const added = await add({
      reason: "first",
      dataset: "ds-1",
      metrics: { accuracy: 0.9 },
      score: 0.9,
      run: "r1",
      parent: "shipped",
      trainer: "builtin",
    });
    expect(added).toMatchObject({
      name: model,
      version: "v1",
      state: "candidate",
      by: "ann",
      reason: "first",
      dataset: "ds-1",
      metrics: { accuracy: 0.9 },
      score: 0.9,
      classes: 6,
      lineage: { run: "r1", parent: "shipped", trainer: "builtin" },
    });
    expect(added.digest).toMatch(/^[0-9a-f]{64}$/);
    expect((await showModel(bus, model)).versions[0]).toEqual(added);
    expect(await stand()).toEqual(["shipped", null]);
  });

  it("refuses a file that is no such model, and keeps nothing of it", async () => {
    const before = await openObjects(bus, "models").then((store) => store.list());
    await expect(addModel(bus, "detector", { path }, { by: "ann" })).rejects.toMatchObject({
      code: "MODEL_INVALID",
      reason: "invalid",
    });
    await expect(addModel(bus, "oracle", { path }, { by: "ann" })).rejects.toMatchObject({
      code: "MODEL_UNKNOWN",
      reason: "missing",
    });
    await expect(addModel(bus, model, { path: "no/such.onnx" }, { by: "ann" })).rejects.toMatchObject({
      code: "NO_SUCH_FILE",
    });
    expect(await openObjects(bus, "models").then((store) => store.list())).toHaveLength(before.length);
  });

  it("promotes, goes back, and goes forward again", async () => {
    await promoteModel(bus, model, { version: "v1", by: "bob", reason: "better" });
    expect(await stand()).toEqual(["v1", "shipped"]);
    await expect(promoteModel(bus, model, { version: "v1", by: "bob" })).rejects.toMatchObject({
      code: "ALREADY_LIVE",
      reason: "conflict",
    });
    await rollbackModel(bus, model, { by: "bob", reason: "worse after all" });
    expect(await stand()).toEqual(["shipped", "v1"]);
    await rollbackModel(bus, model, { by: "bob" });
    expect(await stand()).toEqual(["v1", "shipped"]);
    await expect(rollbackModel(bus, "ranking", { by: "bob" })).rejects.toMatchObject({
      code: "NOTHING_TO_ROLL_BACK",
    });
    for (const version of ["v99", "v0", "../v1", "", "V1"])
      await expect(promoteModel(bus, model, { version, by: "bob" })).rejects.toMatchObject({
        code: "MODEL_VERSION_UNKNOWN",
        reason: "missing",
      });
  });

  it("lets one of two who promote at once win, and tells the other who was first", async () => {
    const [two, three] = [await add(), await add()];
    const outcomes = await Promise.allSettled([
      promoteModel(bus, model, { version: two.version, by: "carol" }),
      promoteModel(bus, model, { version: three.version, by: "dave" }),
    ]);
    const won = outcomes.findIndex(({ status }) => status === "fulfilled");
    const lost = outcomes.find(({ status }) => status === "rejected") as PromiseRejectedResult;
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(lost.reason).toMatchObject({ code: "PROMOTED_MEANWHILE", reason: "conflict" });
    const winner = won === 0 ? "carol made v2 live" : "dave made v3 live";
    expect(lost.reason.message).toContain(winner);
    expect(await stand()).toEqual([won === 0 ? "v2" : "v3", "v1"]);
    // One who decided by what was live a while ago is not let through either.
    await expect(
      promoteModel(bus, model, { version: "v1", by: "eve", expected: "v1" }),
    ).rejects.toMatchObject({ code: "PROMOTED_MEANWHILE" });
  });

  it("writes down who did what, and why", async () => {
    const entries = await audits();
    expect(entries).toContainEqual(
      expect.objectContaining({
        action: "models.promote",
        target: model,
        by: "bob",
        reason: "better",
        details: { version: "v1", previous: "shipped" },
      }),
    );
    expect(entries.filter(({ action }) => action === "models.rollback")).toHaveLength(2);
    expect(entries.filter(({ action }) => action === "models.add")).toHaveLength(3);
  });

  it("never removes what is live or was before, and never gives a number twice", async () => {
    const [live, previous] = await stand();
    for (const version of [live!, previous!, "shipped"])
      await expect(removeModel(bus, model, { version, by: "ann" })).rejects.toMatchObject({
        code: "MODEL_IN_USE",
        reason: "conflict",
      });
    const { version } = await add();
    expect(version).toBe("v4");
    await removeModel(bus, model, { version, by: "ann", reason: "a slip" });
    await expect(promoteModel(bus, model, { version, by: "ann" })).rejects.toMatchObject({
      code: "MODEL_VERSION_UNKNOWN",
    });
    const file = await openObjects(bus, "models").then((s) => s.info(`versions/${model}/v4.onnx`));
    expect(file?.size ?? 0).toBe(0);
    expect((await add()).version).toBe("v5");
  });

  it("does not let a version be promoted and removed at once", async () => {
    const { version } = await add();
    const [promoted, removed] = await Promise.allSettled([
      promoteModel(bus, model, { version, by: "ann" }),
      removeModel(bus, model, { version, by: "bob" }),
    ]);
    expect([promoted.status, removed.status].sort()).toEqual(["fulfilled", "rejected"]);
    const { live, versions } = await showModel(bus, model);
    expect(versions.some((each) => each.version === version)).toBe(promoted.status === "fulfilled");
    expect(live === version).toBe(promoted.status === "fulfilled");
  });

  it("cleans up old experiments: the newest stay, and always the live and the previous one", async () => {
    for (let n = 0; n < 3; n++) await add();
    const [live, previous] = await stand();
    const newest = (await showModel(bus, model)).versions.find(({ state }) => state === "candidate")!.version;
    const removed = await retainModels(bus, model, { candidates: 1, retired: 0, by: "clean-up" });
    expect(removed.length).toBeGreaterThan(2);
    const kept = await states();
    expect(Object.keys(kept).sort()).toEqual([...new Set([live!, previous!, newest, "shipped"])].sort());
    const files = await openObjects(bus, "models").then((store) => store.list());
    expect(files.filter(({ deleted }) => !deleted)).toHaveLength(Object.keys(kept).length - 1);
    expect(await retainModels(bus, model, { candidates: 1, retired: 0, by: "clean-up" })).toEqual([]);
  });
});

describe("the files of versions", { timeout: 180_000 }, () => {
  it("are fetched once, checked by digest, and fetched again when somebody has changed them", async () => {
    await using folder = await temporaryFolder();
    const { version } = await add();
    const record = (await readVersion(bus, model, version)).value!;
    const file = await fetchVersion(bus, record, { folder: folder.path });
    await writeFile(file, "something else");
    expect(await fetchVersion(bus, record, { folder: folder.path })).toBe(file);
    expect((await readdir(join(folder.path, model))).length).toBe(1);
    // Unused for a while: gone when another version is opened, but for those that are named.
    await utimes(file, new Date(0), new Date(0));
    await writeFile(join(folder.path, model, "newer.onnx"), "");
    expect(await sweepCache(join(folder.path, model), new Set(["newer.onnx"]))).toHaveLength(1);
  });

  it("are not promoted when what lies in the store is not what was added", async () => {
    await using folder = await temporaryFolder();
    const { version } = await add();
    const store = await openObjects(bus, "models");
    const key = `versions/${model}/${version}.onnx`;
    await store.delete(key);
    const before = await stand();
    await expect(promoteModel(bus, model, { version, by: "ann" })).rejects.toMatchObject({
      code: "MODEL_FILE_MISSING",
    });
    await putObject(bus, "models", key, [Buffer.from("not a model")]);
    await expect(promoteModel(bus, model, { version, by: "ann" })).rejects.toMatchObject({
      code: "MODEL_FILE_CORRUPT",
    });
    const record = (await readVersion(bus, model, version)).value!;
    await expect(fetchVersion(bus, record, { folder: folder.path })).rejects.toMatchObject({
      code: "MODEL_FILE_CORRUPT",
    });
    expect(await readdir(join(folder.path, model))).toEqual([]);
    expect(await stand()).toEqual(before);
  });

  it("do not get lost when a record nobody can read lies in the bucket", async () => {
    await (await openKv(bus, "models")).put("regression", "{ no json");
    await (await openKv(bus, "models")).put("stranger", JSON.stringify({ version: 7 }));
    const models = await listModels(bus);
    expect(models.find(({ name }) => name === "regression")).toMatchObject({ live: null });
  });
});
