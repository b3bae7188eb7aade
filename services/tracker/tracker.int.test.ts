import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { type Bus, connectBus, openKv, publishMessage, publishRaw, reconcileTopology } from "#shared/bus";
import { encodeBody } from "#shared/codec";
import { historyClient, RunEntry, taskId } from "#shared/history";
import type { TaskEvent } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { eventually, temporaryFolder, testServer } from "#test/nats";
import { startTracker } from "./start-tracker.ts";

const pipelines = [diagramPipeline];

/** A server with the topology, a connection and a folder for databases. */
async function system() {
  const server = await testServer();
  const bus = await connectBus({ url: server.url, name: "test" });
  const folder = await temporaryFolder();
  await reconcileTopology(bus, pipelines);
  return {
    bus,
    history: historyClient(bus),
    track: (name = "history.db") =>
      startTracker({ bus, dbPath: `${folder.path}/${name}`, pipelines, tickMs: 250 }),
    async [Symbol.asyncDispose]() {
      await bus.close();
      await server[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const event = { review: "none", artifacts: {} };
const say = (bus: Bus, type: string, id: string, body: object = event, generation = 0) =>
  publishMessage(bus, diagramPipeline, {
    type: `diagram.${type}`,
    id,
    body: { uid: id, ...body },
    generation,
  });

async function tell(
  bus: Bus,
  kind: TaskEvent["kind"],
  stage: string,
  run: string,
  more: Partial<TaskEvent> = {},
) {
  const rest = {
    pipeline: "diagram",
    stage,
    queue: "gpu",
    run,
    generation: 0,
    attempt: 1,
    at: Date.now(),
    seq: 1,
  };
  const events = [{ kind, task: taskId(stage, run, 0), worker: "w", ...rest, ...more }];
  const { bytes } = encodeBody({ worker: "w", host: "h", events }, "msgpack");
  await publishRaw(bus, { subject: "task.events.w", bytes, headers: {}, messageId: randomUUID() });
}

const entry = async (bus: Bus, uid: string) => {
  const found = await (await openKv(bus, "runs")).get(uid);
  return found?.operation === "PUT" ? RunEntry.parse(found.json()) : null;
};

it("projects runs and tasks into tables and KV, and answers about them", async () => {
  await using sys = await system();
  const { bus, history } = sys;
  await using tracker = await sys.track();
  await say(bus, "uploaded", "a", { object: "inbox/x.png", name: "Feed pump" });
  const { seq } = await say(bus, "ingested", "a");
  await tell(bus, "started", "detect", "a", { seq, args: '{"sheet":"P-101"}' });
  await eventually("task started", async () => (await history.listTasks({ state: "STARTED" })).total === 1);
  // Each stream is followed by itself: tasks may be ahead of their run.
  await eventually("the run", async () => {
    const found = await history.getRun("a").catch(() => null);
    return found?.state === "ingested" && found.stage === "detect";
  });
  expect(await history.getRun("a")).toMatchObject({ name: "Feed pump" });
  expect((await history.listTasks({ q: "p-101" })).tasks.map(({ id }) => id)).toEqual(["detect.a"]);
  expect((await history.timeline("a")).events).toHaveLength(2);
  await eventually("KV entry", async () => (await entry(bus, "a"))?.state === "ingested");
  const lags = async () => (await history.status()).streams.map(({ stream, lag }) => [stream, lag]);
  await expect.poll(lags).toEqual([
    ["DIAGRAM", 0],
    ["TASKS", 0],
    ["DEAD", 0],
  ]);
  expect(tracker.history.path).toMatch(/history\.db$/);
});

it("names an anonymous upload as the workers do, so that its later events are the same run", async () => {
  await using sys = await system();
  const { bus, history } = sys;
  await using _ = await sys.track();
  await bus.js.publish("diagram.uploaded", '{"object":"inbox/x.png"}');
  await bus.js.publish("diagram.uploaded", '{"uid":"mine","object":"inbox/x.png"}');
  const page = await eventually("two runs", async () => {
    const found = await history.listRuns({ sort: "created" });
    return found.total === 2 ? found : null;
  });
  expect(page.runs.map(({ uid }) => uid)).toEqual(["mine", expect.stringMatching(/^n1-[0-9a-f]{8}$/)]);
});

it("goes on where it stood after a restart, and rebuilds the same from a lost file", async () => {
  await using sys = await system();
  const { bus, history } = sys;
  {
    await using _ = await sys.track("one.db");
    await say(bus, "ingested", "a");
    await eventually("first", async () => (await history.listRuns({})).total === 1);
  }
  await say(bus, "failed", "a", { error_stage: "detect", error_code: "X", error_message: "x" });
  const told = async () => {
    await eventually("error", async () => (await history.listRuns({ state: "error" })).total === 1);
    return { ...(await history.getRun("a")), timeline: (await history.timeline("a")).events };
  };
  let first: unknown;
  {
    await using tracker = await sys.track("one.db");
    first = await told();
    expect(tracker.history.rebuilt?.reason).toMatch(/new/);
  }
  await using _ = await sys.track("two.db");
  expect(await told()).toEqual(first);
});

it("builds everything anew, KV included, when the stream was made anew", async () => {
  await using sys = await system();
  const { bus, history } = sys;
  await using _ = await sys.track();
  await say(bus, "ingested", "old");
  await eventually("old entry", () => entry(bus, "old"));
  await bus.jsm.streams.delete("DIAGRAM");
  await reconcileTopology(bus, pipelines);
  await say(bus, "detected", "new");
  await eventually(
    "new run only",
    async () => (await history.listRuns({})).runs.map(({ uid }) => uid).join() === "new",
  );
  await eventually("old entry gone", async () => (await entry(bus, "old")) === null);
  expect(await eventually("new entry", () => entry(bus, "new"))).toMatchObject({ state: "detected" });
  expect((await history.status()).rebuilt?.reason).toMatch(/DIAGRAM was made anew/);
});

it("lets two trackers write the same bucket without an older state winning", async () => {
  await using sys = await system();
  const { bus } = sys;
  await using one = await sys.track("one.db");
  for (const type of ["uploaded", "ingested", "detected", "annotated", "segmented"])
    for (const uid of ["a", "b", "c"])
      await say(bus, type, uid, type === "uploaded" ? { object: "inbox/x" } : event);
  await eventually("one is done", async () => (await entry(bus, "c"))?.state === "segmented");
  // The second begins at message 1 and passes through every older state.
  await using two = await sys.track("two.db");
  await eventually(
    "two is done",
    () =>
      two.history.unwrittenEntries(new Map(), 10).length === 0 &&
      ["a", "b", "c"].every((uid) => two.history.knowsRun(uid)) &&
      two.history.getRun({ uid: "c" }).state === "segmented",
  );
  for (const uid of ["a", "b", "c"]) expect((await entry(bus, uid))?.state).toBe("segmented");
  expect(one.history.getRun({ uid: "a" })).toEqual(two.history.getRun({ uid: "a" }));
});

it("keeps a message JetStream gave up on as a dead letter and ends its run", async () => {
  await using sys = await system();
  const { bus, history } = sys;
  await using _ = await sys.track();
  const { seq } = await say(bus, "ingested", "a", { ...event, name: "sheet 7" });
  await bus.jsm.consumers.update("DIAGRAM", "detect", { max_deliver: 1, ack_wait: 200_000_000 });
  const consumer = await bus.js.consumers.get("DIAGRAM", "detect");
  expect((await consumer.next())?.seq).toBe(seq);
  // Only another pull makes the server notice that the lease ran out.
  await eventually("dead letter", async () => {
    await consumer.fetch({ max_messages: 1, expires: 1_000 }).then(async (batch) => {
      for await (const _message of batch);
    });
    return (await history.listDead()).total === 1;
  });
  expect((await history.listDead()).letters).toMatchObject([
    { task: "detect.a", reason: "WORKER_LOST", sequence: seq, subject: "diagram.ingested.a" },
  ]);
  await eventually("run in error", async () => (await history.getRun("a")).error?.code === "WORKER_LOST");
  expect(await history.getTask("detect.a")).toMatchObject({ state: "DEAD_LETTERED" });
  expect(await history.account()).toMatchObject({ accepted: 1, deadLettered: 1, active: 0, unaccounted: 0 });
});

it("accounts for every accepted run, wherever it is", async () => {
  await using sys = await system();
  const { bus, history } = sys;
  await using _ = await sys.track();
  for (const uid of ["queued", "waiting", "done", "failed", "retried", "dead"])
    await say(bus, "ingested", uid);
  await say(bus, "awaiting_annotation", "waiting");
  await say(bus, "completed", "done");
  await say(bus, "failed", "failed", { error_stage: "detect", error_code: "X", error_message: "x" });
  await say(bus, "failed", "retried", { error_stage: "detect", error_code: "X", error_message: "x" });
  await say(bus, "ingested", "retried", event, 1);
  await bus.js.publish("dead.diagram.detect.dead", "bytes");
  expect(await history.account("diagram")).toMatchObject({
    accepted: 6,
    finished: { total: 2, byState: { completed: 1, error: 1 } },
    waiting: 1,
    deadLettered: 1,
    active: 2,
    unaccounted: 0,
  });
  // Somebody took the work of `queued` and `retried` off the consumer without doing it: now they are lost, and it shows.
  const consumer = await bus.js.consumers.get("DIAGRAM", "detect");
  for await (const message of await consumer.fetch({ max_messages: 10, expires: 1_000 }))
    await message.ackAck();
  expect((await history.account("diagram")).unaccounted).toBe(2);
});

it("takes a dead letter that was sent again or dropped out of its list", async () => {
  await using sys = await system();
  const { bus, history } = sys;
  await using _ = await sys.track();
  for (const run of ["a", "b"]) await bus.js.publish(`dead.diagram.detect.${run}`, "bytes");
  await eventually("both", async () => (await history.listDead()).total === 2);
  await bus.jsm.streams.deleteMessage("DEAD", 1);
  await eventually(
    "one",
    async () => (await history.listDead()).letters.map(({ run }) => run).join() === "b",
  );
});

it("forgets a run on every tracker, and its KV entry", async () => {
  await using sys = await system();
  const { bus, history } = sys;
  await using one = await sys.track("one.db");
  await using two = await sys.track("two.db");
  await say(bus, "ingested", "a");
  await eventually("entry", () => entry(bus, "a"));
  await bus.jsm.streams.purge("DIAGRAM", { filter: "diagram.*.a" });
  expect(await history.forgetRun("a", "diagram")).toEqual({ forgotten: true });
  await eventually("both", () => !one.history.knowsRun("a") && !two.history.knowsRun("a"));
  await eventually("no entry", async () => (await entry(bus, "a")) === null);
});

it("says so when no tracker runs, when there is no such run, and when a query makes no sense", async () => {
  await using sys = await system();
  await expect(sys.history.listRuns()).rejects.toMatchObject({
    code: "TRACKER_UNAVAILABLE",
    kind: "retryable",
  });
  await using _ = await sys.track();
  await expect(sys.history.getRun("nobody")).rejects.toMatchObject({
    code: "RUN_NOT_FOUND",
    kind: "permanent",
  });
  await expect(sys.history.listTasks({ limit: 5000 })).rejects.toMatchObject({ code: "BAD_QUERY" });
  await expect(sys.history.listTasks({ q: '"x' })).rejects.toMatchObject({ code: "BAD_SEARCH" });
  await expect(sys.history.account("nothing")).rejects.toMatchObject({ code: "PIPELINE_UNKNOWN" });
});

it("refuses to start where the streams do not exist, and says what to run", async () => {
  await using folder = await temporaryFolder();
  await using server = await testServer();
  await using bus = await connectBus({ url: server.url, name: "test" });
  const starting = startTracker({ bus, dbPath: `${folder.path}/h.db`, pipelines });
  await expect(starting).rejects.toMatchObject({
    code: "TOPOLOGY_MISMATCH",
    message: expect.stringMatching("npm run topology"),
  });
});

it("goes on after the server was killed and came back", async () => {
  await using folder = await temporaryFolder();
  await using server = await testServer({ supervise: true });
  await using bus = await connectBus({ url: server.url, name: "test" });
  await reconcileTopology(bus, pipelines);
  await using tracker = await startTracker({ bus, dbPath: `${folder.path}/h.db`, pipelines });
  await say(bus, "ingested", "before");
  await eventually("before", () => tracker.history.knowsRun("before"));
  await server.kill();
  await say(bus, "ingested", "after");
  await eventually("after", () => tracker.history.knowsRun("after"), 120_000);
});
