import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTracker } from "#services/tracker";
import {
  type Bus,
  connectBus,
  openObjects,
  publishMessage,
  publishRaw,
  reconcileTopology,
} from "#shared/bus";
import { decodeBody, encodeBody } from "#shared/codec";
import { diagramPipeline, PIPELINES } from "#shared/pipeline";
import { testServer } from "#test/nats";
import { packageFolder, packageVersion } from "./package-folder.ts";

let server: Awaited<ReturnType<typeof testServer>>;
let bus: Bus;
let folder: string;
let tracker: Awaited<ReturnType<typeof startTracker>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "penstock-cli-"));
  server = await testServer();
  bus = await connectBus({ url: server.url, name: "cli-test" });
  await reconcileTopology(bus, PIPELINES);
  tracker = await startTracker({ bus, dbPath: join(folder, "history.db") });
});

afterAll(async () => {
  await tracker?.close();
  await bus?.close();
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command line as a person would, from another folder. */
async function penstock(args: string[], options: { natsUrl?: string; input?: Uint8Array } = {}) {
  const main = new URL("cli/main.ts", packageFolder()).pathname;
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), main, ...args], {
    cwd: folder,
    env: { ...process.env, NATS_URL: options.natsUrl ?? server.url, NO_COLOR: "1" },
  });
  child.stdin.end(options.input ?? "");
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, out, err, json: () => JSON.parse(out) };
}

const event = (type: string, uid: string, body: Record<string, unknown> = {}) =>
  publishMessage(bus, diagramPipeline, { type, id: uid, body: { uid, artifacts: {}, ...body } });

test("help and version answer without NATS, and a wrong verb or option is a usage error", async () => {
  const nowhere = { natsUrl: "nats://127.0.0.1:1" };
  const [help, version, verb, option] = await Promise.all([
    penstock(["--help"], nowhere),
    penstock(["--version"], nowhere),
    penstock(["digest"], nowhere),
    penstock(["tasks", "--limit", "many"], nowhere),
  ]);
  expect(help).toMatchObject({ code: 0, out: expect.stringContaining("submit") });
  expect(version).toMatchObject({ code: 0, out: `${packageVersion()}\n` });
  expect(verb).toMatchObject({ code: 2, err: expect.stringContaining("digest") });
  expect(option).toMatchObject({ code: 2, err: expect.stringContaining("whole number") });
});

test("a dataset is built from what was asked for, or not at all", async () => {
  // No number must not mean "from the validated diagrams".
  expect(await penstock(["dataset", "build", "--generated", "few"])).toMatchObject({
    ...{ code: 2, err: expect.stringContaining("whole number") },
  });
  expect(await penstock(["dataset", "build", "--folder", folder])).toMatchObject({
    ...{ code: 2, err: expect.stringContaining("[NOTHING_VALIDATED]") },
  });
});

test("NATS out of reach is said in one sentence with the address, and is exit code 69", async () => {
  const result = await penstock(["status"], { natsUrl: "nats://127.0.0.1:1" });
  expect(result.code).toBe(69);
  expect(result.err).toMatch(/127\.0\.0\.1:1 .*NATS_UNREACHABLE/);
  expect(result.err.trim().split("\n")).toHaveLength(1);
});

test("a drawing is handed in, found by status, and revoked", async () => {
  const file = join(folder, "P-1.png");
  await writeFile(file, Uint8Array.of(1, 2, 3));
  const submitted = await penstock(["submit", file, "--review", "manual", "--json"]);
  expect(submitted.code).toBe(0);
  const { uid, object } = submitted.json();
  expect([...((await (await openObjects(bus, "inbox")).getBlob(object.slice(6))) ?? [])]).toEqual([1, 2, 3]);
  await expect
    .poll(async () => (await penstock(["status", uid, "--json"])).code, { timeout: 20_000 })
    .toBe(0);
  expect((await penstock(["status", uid, "--json"])).json()).toMatchObject({
    state: "uploaded",
    name: "P-1.png",
  });
  expect(await penstock(["revoke", uid, "--reason", "a test"])).toMatchObject({ code: 0 });
  expect(await penstock(["revoke", uid])).toMatchObject({
    code: 4,
    err: expect.stringContaining("ALREADY_FINISHED"),
  });
  expect(await penstock(["submit", join(folder, "none.png")])).toMatchObject({ code: 3 });
});

test("a waiting diagram is approved once", async () => {
  await event("diagram.awaiting_graph", "cli-1", {
    artifacts: { "graph.json": { bucket: "artifacts", key: "x", size: 1, digest: "d" } },
  });
  expect(await penstock(["approve", "graph", "cli-1"])).toMatchObject({ code: 0 });
  expect(await penstock(["approve", "graph", "cli-1"])).toMatchObject({
    code: 4,
    err: expect.stringContaining("ALREADY_APPROVED"),
  });
  expect(await penstock(["approve", "graf", "cli-1"])).toMatchObject({ code: 2 });
});

test("watching a diagram that fails ends with exit code 5 and says why", async () => {
  const file = join(folder, "bad.png");
  await writeFile(file, "no drawing");
  const watching = penstock(["submit", file, "--uid", "cli-2", "--watch"]);
  const uploaded = async () =>
    (await bus.jsm.streams.info("DIAGRAM", { subjects_filter: "diagram.uploaded.cli-2" })).state;
  await expect
    .poll(async () => Object.keys((await uploaded()).subjects ?? {}).length, { timeout: 20_000 })
    .toBe(1);
  const failure = { error_stage: "ingest", error_code: "NOT_AN_IMAGE", error_message: "it is no drawing" };
  await event("diagram.failed", "cli-2", failure);
  expect(await watching).toMatchObject({
    code: 5,
    out: expect.stringMatching(/ingest says: it is no drawing/),
  });
});

test("decode prints messages of either encoding, batches line by line", async () => {
  const batch = { worker: "w", host: "h", events: [{ kind: "started" }, { kind: "succeeded" }] };
  const decoded = await penstock(["decode"], { input: encodeBody(batch, "msgpack").bytes });
  expect(
    decoded.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).kind),
  ).toEqual(["started", "succeeded"]);
  expect(await penstock(["decode"], { input: Uint8Array.of(0xc1) })).toMatchObject({ code: 2 });
});

test("queues are paused, resumed and purged only when that is meant", async () => {
  expect(await penstock(["pause", "gpu", "--json"])).toMatchObject({ code: 0 });
  expect((await bus.jsm.consumers.info("DIAGRAM", "detect")).paused).toBe(true);
  expect(await penstock(["resume", "gpu"])).toMatchObject({ code: 0 });
  expect(await penstock(["pause", "cpu"])).toMatchObject({ code: 3 });
  await event("diagram.thinned", "cli-3");
  expect(await penstock(["purge", "classify"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("--yes"),
  });
  expect((await penstock(["purge", "classify", "--yes", "--json"])).json()).toEqual({ revoked: ["cli-3"] });
});

test("dead letters are listed, shown and sent again", async () => {
  const { seq } = await publishRaw(bus, {
    subject: "dead.diagram.ingest.cli-4",
    bytes: new TextEncoder().encode('{"object":"inbox/x"}'),
    messageId: "dead.cli-4",
    headers: {
      "Penstock-Dead-Subject": "diagram.uploaded.cli-4",
      "Penstock-Dead-Stage": "ingest",
      "Penstock-Dead-Code": "X",
    },
  });
  expect((await penstock(["dead", "list", "--json"])).json().letters).toMatchObject([
    { seq, run: "cli-4", code: "X" },
  ]);
  expect((await penstock(["dead", "show", String(seq)])).out).toContain('"object": "inbox/x"');
  expect(await penstock(["dead", "redrive"])).toMatchObject({ code: 2 });
  expect((await penstock(["dead", "redrive", String(seq), "--json"])).json()).toMatchObject({
    generation: 1,
  });
  expect(await penstock(["dead", "drop", String(seq), "--reason", "gone"])).toMatchObject({ code: 3 });
});

test("a run is retried with its input edited, and the audit trail says who, what and why", async () => {
  await event("diagram.thinned", "cli-5", { review: "none" });
  const failure = { error_stage: "classify", error_code: "X", error_message: "too many junctions" };
  await event("diagram.failed", "cli-5", failure);
  const shown = await penstock(["task", "classify.cli-5", "--input"]);
  expect(shown.json()).toMatchObject({ uid: "cli-5", review: "none" });
  const edited = Buffer.from(JSON.stringify({ ...shown.json(), review: "manual" }));
  const why = ["--reason", "a person looks"];
  const retried = await penstock(["retry", "classify.cli-5", "--body", "@-", ...why], { input: edited });
  expect(retried).toMatchObject({ code: 0, out: expect.stringContaining("runs again from classify") });
  const again = await bus.jsm.streams.getMessage("DIAGRAM", { last_by_subj: "diagram.thinned.cli-5" });
  expect(decodeBody(again?.data ?? new Uint8Array())).toMatchObject({ review: "manual" });
  const entry = await bus.jsm.streams.getMessage("TASKS", { last_by_subj: "task.audit.retry" });
  expect(entry?.json()).toMatchObject({
    target: "classify.cli-5",
    reason: "a person looks",
    details: { body: { review: "manual" } },
  });
});

test("limits of a stage are said in words, lifted again, and the audit trail says why", async () => {
  const limit = (...args: string[]) => penstock(["control", ...args, "--reason", "night shift"]);
  expect((await limit("rate-limit", "detect", "30")).out).toBe("detect: at most 30 starts per minute\n");
  expect((await limit("rate-limit", "detect", "0")).out).toBe("detect: as declared, nothing is set\n");
  const trail = async (): Promise<string> =>
    (await penstock(["audit", "--action", "settings", "--target", "detect"])).out;
  await expect.poll(trail, { timeout: 40_000 }).toMatch(/settings +detect +night shift +\{"change"/);
});

test("doctor finds NATS and says which stages have no workers", async () => {
  const { json } = await penstock(["doctor", "--json"]);
  const found = Object.fromEntries(
    json().map((finding: { what: string; state: string }) => [finding.what, finding.state]),
  );
  expect(found).toMatchObject({ node: "ok", nats: "ok", streams: "ok", workers: "note" });
});
