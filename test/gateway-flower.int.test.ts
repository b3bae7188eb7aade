import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTracker, type Tracker } from "#services/tracker";
import { type Bus, connectBus, openObjects, reconcileTopology } from "#shared/bus";
import { getStageSettings, hashSecret } from "#shared/operate";
import { diagramPipeline, PIPELINES } from "#shared/pipeline";
import { type RunningStages, startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { createApp } from "../services/gateway/app.ts";
import { GatewayConfig } from "../services/gateway/config.ts";
import type { App } from "../services/gateway/context.ts";
import { linkTo } from "../services/gateway/link.ts";
import { createGateway } from "../services/gateway/start.ts";
import { temporaryFolder, testServer } from "./support/nats.ts";
import { shapeFaults } from "./support/same-shape.ts";

interface Call {
  what: string;
  method: string;
  path: string;
  form?: string;
  json?: unknown;
  status: number;
  map?: boolean;
  answer?: Record<string, unknown>;
  exact?: Record<string, unknown>;
}

/** Flower's documented calls, in an order in which they can be made. */
const documented: { alsoTask: string[]; calls: Call[] } = JSON.parse(
  readFileSync(new URL("fixtures/flower/api.json", import.meta.url), "utf8"),
);

const name = "gate-annotation";
const log = createLogger("flower-test");
/** What was started, to be stopped in the other order. */
const started: AsyncDisposable[] = [];
const use = <T extends AsyncDisposable>(thing: T): T => {
  started.push(thing);
  return thing;
};
let bus: Bus;
let app: App;
let stopped = false;
/** What the placeholders of the fixture stand for. */
const stands: Record<string, string> = { $name: name, $queue: "light" };

/** A message `gate-annotation` passes, and one in which it misses the boxes. */
let good: Record<string, unknown>;
const bad = { review: "none", artifacts: {} };

const ask = (path: string, init: RequestInit = {}) =>
  app.request(path, {
    ...init,
    // Flower's --basic_auth=user1:password1.
    headers: { authorization: `Basic ${Buffer.from("user1:password1").toString("base64")}`, ...init.headers },
  });
const call = (way: string, task: string, body: unknown) =>
  ask(`/api/task/${way}/${task}`, { method: "POST", body: JSON.stringify(body) });

beforeAll(async () => {
  const folder = use(await temporaryFolder());
  const server = use(await testServer());
  bus = use(await connectBus({ url: server.url, name: "flower-test" }));
  await reconcileTopology(bus, PIPELINES);
  const tracker: Tracker = use(await startTracker({ bus, dbPath: join(folder.path, "history.db") }));
  expect(tracker.id).toMatch(/tracker/);
  const stage = diagramPipeline.stages[name];
  const workers: RunningStages = use(
    await startStages({
      bus,
      log,
      version: "1.2.3",
      stages: [
        {
          pipeline: diagramPipeline,
          stage,
          module: new URL("../services/gates/annotation.ts", import.meta.url),
        },
      ],
      onShutdown: () => {
        stopped = true;
      },
    }),
  );
  stands.$worker = workers.workers[0]?.id ?? "";
  const users = [`user1:admin:${await hashSecret("password1")}`];
  app = createApp(createGateway(GatewayConfig.parse({ users }), linkTo(bus), "1.2.3", log));
  const coco = {
    images: [{ id: 1, file_name: "s.png", width: 9, height: 9 }],
    categories: [],
    annotations: [],
  };
  const store = await openObjects(bus, "artifacts");
  const { size, digest } = await store.putBlob(
    { name: "flower/detections.json" },
    new TextEncoder().encode(JSON.stringify(coco)),
  );
  const ref = { bucket: "artifacts", key: "flower/detections.json", size, digest };
  good = { review: "none", artifacts: { "detections.json": ref } };
});
afterAll(async () => {
  for (const each of started.reverse()) await each[Symbol.asyncDispose]();
});

test("tasks are started the three ways Flower has, and one that waits tells its result", async () => {
  const applied = await call("apply", name, { kwargs: good });
  expect(applied.status).toBe(200);
  const answer = await applied.json();
  expect(shapeFaults({ state: "SUCCESS", "task-id": "", result: {} }, answer)).toEqual([]);
  expect(answer).toMatchObject({ state: "SUCCESS", result: { review: "none" } });
  expect(answer.result.artifacts).toHaveProperty(["annotations.json"]);
  stands.$task = answer["task-id"];

  const begun = await (
    await call("async-apply", `diagram.${name}`, { args: [{ ...good, uid: "fl-1" }] })
  ).json();
  expect(begun).toEqual({ "task-id": `${name}.fl-1`, state: "PENDING" });
  expect((await call("async-apply", name, { kwargs: { ...good, uid: "fl-1" } })).status).toBe(409);
  const sent = await (await call("send-task", "detect", { kwargs: { ...good, uid: "fl-2" } })).json();
  expect(sent).toEqual({ "task-id": "detect.fl-2", state: "PENDING" });
  stands.$waiting = sent["task-id"];
});

test("a task that fails tells why and where", async () => {
  const { state, result, traceback } = await (await call("apply", name, { kwargs: bad })).json();
  expect({ state, result }).toEqual({ state: "FAILURE", result: expect.stringMatching(/^[A-Z_]+: /) });
  expect(traceback).toContain("at ");
  const failed = Object.values(await (await ask("/api/tasks?state=FAILURE")).json()) as Record<
    string,
    unknown
  >[];
  expect(failed).toMatchObject([{ name, exception: result, traceback, state: "FAILURE", succeeded: null }]);
  expect(failed[0]?.failed).toBeGreaterThan(0);
});

test("what has no meaning here is refused, not overlooked", async () => {
  const refused = async (body: unknown) => {
    const answer = await call("async-apply", name, body);
    return [answer.status, (await answer.json()).detail];
  };
  expect(await refused({ kwargs: good, countdown: 10 })).toEqual([400, expect.stringContaining("countdown")]);
  expect(await refused({ args: [1, 2] })).toEqual([400, expect.stringContaining("one message")]);
  expect(await refused({ kwargs: { review: "perhaps" } })).toEqual([400, expect.stringContaining("review")]);
});

test.each(documented.calls)(
  "as documented: $what",
  async ({ method, path, form, json, status, ...expected }) => {
    const fill = (text: string) => text.replace(/\$[a-z]+/g, (each) => stands[each] ?? each);
    const init: RequestInit = { method };
    if (form !== undefined) {
      init.body = fill(form);
      init.headers = { "content-type": "application/x-www-form-urlencoded" };
    }
    if (json !== undefined) init.body = JSON.stringify(json);
    const response = await ask(fill(path), init);
    const answer = await response.json();
    expect({ status: response.status, answer }).toMatchObject({ status });
    if (expected.exact) expect(answer).toEqual(JSON.parse(fill(JSON.stringify(expected.exact))));
    if (!expected.answer) return;
    const [example, shown] = expected.map
      ? [Object.values(expected.answer)[0], Object.values(answer)]
      : [expected.answer, [answer]];
    expect(shown.length).toBeGreaterThan(0);
    for (const each of shown) expect(shapeFaults(example, each)).toEqual([]);
  },
);

test("tasks have the fields Celery 5 adds, and are keyed by their ids", async () => {
  const tasks: Record<string, Record<string, unknown>> = await (await ask("/api/tasks")).json();
  expect(tasks[stands.$task ?? ""]).toMatchObject({ name, state: "SUCCESS", retries: 0, args: "[]" });
  for (const [id, task] of Object.entries(tasks)) {
    expect(task.uuid).toBe(id);
    expect(Object.keys(task)).toEqual(expect.arrayContaining(documented.alsoTask));
  }
});

test("filters narrow the list, limit and offset cut it, and an unknown name matches nothing", async () => {
  const ids = async (query: string) => Object.keys(await (await ask(`/api/tasks?${query}`)).json());
  // The task nobody waited for, and those that now wait for what it and the first one gave.
  await expect.poll(() => ids(`search=${name}.fl-1&state=SUCCESS`)).toEqual([`${name}.fl-1`]);
  await expect.poll(async () => (await ids("taskname=segment")).length).toBe(2);
  const all = await ids("sort_by=name");
  expect(all.length).toBeGreaterThanOrEqual(4);
  expect(await ids("sort_by=name&limit=2&offset=1")).toEqual(all.slice(1, 3));
  expect(await ids("sort_by=-name&limit=1")).toEqual([expect.stringMatching(/^(segment|gate)/)]);
  expect(await ids("taskname=detect")).toEqual(["detect.fl-2"]);
  expect(await ids("taskname=tasks.add")).toEqual([]);
  expect(await ids("received_start=2999-01-01%2000:00&state=SUCCESS")).toEqual([]);
  expect((await ask("/api/tasks?sort_by=colour")).status).toBe(400);
  expect((await ask("/api/tasks?received_start=yesterday")).status).toBe(400);
});

test("limits became settings of the stage, for every replica and across restarts", async () => {
  expect(await getStageSettings(bus, name)).toMatchObject({
    softLimitMs: 30_000,
    hardLimitMs: 100_000,
    ratePerMinute: 12_000,
  });
});

test("the revoked task is revoked, and the worker was told to stop", async () => {
  await expect
    .poll(async () => (await (await ask("/api/task/result/detect.fl-2")).json()).state, { timeout: 60_000 })
    .toBe("REVOKED");
  await expect.poll(() => stopped, { timeout: 60_000 }).toBe(true);
});

test("basic auth is asked for, and the sign of life is open to all", async () => {
  const closed = await app.request("/api/workers");
  expect(closed.status).toBe(401);
  expect(closed.headers.get("www-authenticate")).toContain('Basic realm="penstock"');
  const wrong = { authorization: `Basic ${Buffer.from("user1:password2").toString("base64")}` };
  expect((await app.request("/api/workers", { headers: wrong })).status).toBe(401);
  const alive = await app.request("/healthcheck");
  expect([alive.status, await alive.text()]).toEqual([200, "OK"]);
});
