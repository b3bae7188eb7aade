import { connect } from "@nats-io/transport-node";
import { afterAll, describe, expect, it } from "vitest";
import { type Bus, connectBus, DeadHeader, lastMessage, publishMessage } from "#shared/bus";
import { eventually } from "#test/nats";
import { toyPipeline } from "#test/toy/pipeline";
import { begin, bodyOf, countOf, startToy, taskEvents } from "#test/toy/start";
import { type Toy, withToy } from "#test/toy/with-toy";
import type { OwnBus } from "#test/with-bus";
import { controlSubject } from "./control.ts";

let server: OwnBus["server"];
let bus: Bus;
let toy: Toy;

withToy((own) => {
  ({ server, bus, toy } = own);
});

const finished = (uid: string) => eventually(`${uid} finished`, () => bodyOf(bus, `toy.finished.${uid}`));
const failed = (uid: string) => eventually(`${uid} failed`, () => bodyOf(bus, `toy.failed.${uid}`));
/** Kinds of a task's events, once the one that ends it is stored: events leave in batches, after the result. */
const kindsUntil = (task: string, last: string) =>
  eventually(`${task} ${last}`, async () => {
    const kinds = await kindsOf(task);
    return kinds.includes(last as never) ? kinds : null;
  });
const kindsOf = async (task: string) =>
  (await taskEvents(bus)).filter((event) => event.task === task).map((event) => event.kind);

describe("a declared stage", () => {
  it("takes a message through an executor and the event loop, and tells every step", async () => {
    await begin(bus, "plain", {});
    expect(await finished("plain")).toMatchObject({ uid: "plain", n: 3 });
    const kinds = await kindsUntil("add.plain", "succeeded");
    // On a slow machine log lines take an event of their own along, which says progress too.
    expect([...new Set(kinds)]).toEqual(["received", "started", "progress", "succeeded"]);
    expect(await eventually("sent", async () => (await kindsOf("finish.plain")).includes("sent"))).toBe(true);
    const events = (await taskEvents(bus)).filter((event) => event.task === "add.plain");
    const lines = events.flatMap((event) => event.log ?? []);
    expect(lines).toMatchObject([{ level: "info", message: expect.stringContaining("adding") }]);
    expect(events.at(-1)?.worker).toMatch(/^add-/);
  });

  it("takes plain JSON from a client that knows nothing of us, without an id", async () => {
    const nc = await connect({ servers: server.url });
    nc.publish("toy.begun", '{"n": 40, "colour": "kept out"}');
    await nc.flush();
    const info = await eventually("the result", async () => {
      const { state } = await bus.jsm.streams.info("TOY", { subjects_filter: "toy.finished.n*" });
      const all = await bus.jsm.streams.info("TOY", { subjects_filter: "toy.finished.*" });
      const subject = Object.keys(all.state.subjects ?? {}).find((name) => name.startsWith("toy.finished.n"));
      return state && subject;
    });
    const body = await bodyOf(bus, info);
    expect(body).toMatchObject({ n: 42 });
    expect(body).not.toHaveProperty("colour");
    await nc.close();
  });

  it("writes headers a person can read", async () => {
    await begin(bus, "headers", {});
    await finished("headers");
    const message = await lastMessage(bus, "TOY", "toy.added.headers");
    expect(message?.headers.get("Penstock-Id")).toBe("toy.added.headers.g0");
    expect(message?.headers.get("Penstock-Run")).toBe("headers");
    expect(Number(message?.headers.get("Penstock-Cause"))).toBeGreaterThan(0);
    expect(message?.headers.get("Content-Type")).toBe("application/msgpack");
    expect(message?.headers.get("traceparent")).toMatch(/^00-[0-9a-f]{32}-/);
  });
});

describe("failures", () => {
  it("retries what may work later, and counts the attempts", async () => {
    await begin(bus, "later", { do: "fail-once" });
    expect(await finished("later")).toMatchObject({ n: 3 });
    expect(await kindsUntil("add.later", "succeeded")).toContain("retried");
  });

  it("dead-letters with its story when attempts are used up, and ends the run in error", async () => {
    await begin(bus, "hopeless", { do: "throw" });
    expect(await failed("hopeless")).toMatchObject({ error_stage: "add", error_code: "UNEXPECTED" });
    const dead = await lastMessage(bus, "DEAD", "dead.toy.add.hopeless");
    expect(dead?.headers.get(DeadHeader.reason)).toBe("EXHAUSTED");
    expect(dead?.headers.get(DeadHeader.subject)).toBe("toy.begun.hopeless");
    expect(
      (await kindsUntil("add.hopeless", "dead-lettered")).filter((kind) => kind === "started"),
    ).toHaveLength(3);
  });

  it("never repeats what is permanent", async () => {
    await begin(bus, "never", { do: "permanent" });
    expect(await failed("never")).toMatchObject({ error_code: "CANNOT_ADD" });
    expect((await kindsUntil("add.never", "failed")).filter((kind) => kind === "started")).toHaveLength(1);
    expect(await lastMessage(bus, "DEAD", "dead.toy.add.never")).toBeNull();
  });

  it("keeps the raw bytes of poison, and its neighbours go on", async () => {
    await bus.js.publish("toy.begun.rotten", new Uint8Array([0xc1, 0xff, 0x00]));
    await begin(bus, "neighbour", {});
    await finished("neighbour");
    const dead = await eventually("dead letter", () => lastMessage(bus, "DEAD", "dead.toy.add.rotten"));
    expect([...dead.data]).toEqual([0xc1, 0xff, 0x00]);
    expect(dead.headers.get(DeadHeader.code)).toBe("UNDECODABLE");
    expect(await failed("rotten")).toMatchObject({ error_code: "UNDECODABLE" });
  });

  it("names the field that is wrong", async () => {
    await bus.js.publish("toy.begun.wrong", '{"n":"many"}');
    expect((await failed("wrong")).error_message).toMatch(/n: /);
  });

  it("refuses a second message that claims a used id, without harming the owner", async () => {
    await begin(bus, "owned", {});
    await finished("owned");
    await bus.js.publish("toy.begun.owned", '{"n":7}');
    const dead = await eventually("dead letter", () => lastMessage(bus, "DEAD", "dead.toy.add.owned"));
    expect(dead.headers.get(DeadHeader.code)).toBe("UID_TAKEN");
    expect(await bodyOf(bus, "toy.failed.owned")).toBeNull();
    expect(await bodyOf(bus, "toy.finished.owned")).toMatchObject({ n: 3 });
  });

  it("loses one attempt when native code takes the executor down", async () => {
    await begin(bus, "crash", { do: "crash-once" });
    expect(await finished("crash")).toMatchObject({ n: 3 });
    await kindsUntil("add.crash", "succeeded");
    const retried = (await taskEvents(bus)).find(
      (event) => event.task === "add.crash" && event.kind === "retried",
    );
    expect(retried?.error?.code).toBe("EXECUTOR_DIED");
  });

  it("kills a handler that holds its process past the hard limit", async () => {
    await begin(bus, "stuck", { do: "block", ms: 60_000 });
    await eventually("a kill", async () =>
      (await taskEvents(bus)).some(
        (event) => event.task === "add.stuck" && event.error?.code === "HARD_TIME_LIMIT",
      ),
    );
    await publishMessage(bus, toyPipeline, { type: "toy.revoked", id: "stuck", body: { uid: "stuck" } });
  });

  it("asks a listening handler to stop at the soft limit", async () => {
    await begin(bus, "slow", { do: "wait", ms: 60_000 });
    await eventually("a soft stop", async () =>
      (await taskEvents(bus)).some(
        (event) => event.task === "add.slow" && event.error?.code === "SOFT_TIME_LIMIT",
      ),
    );
    await publishMessage(bus, toyPipeline, { type: "toy.revoked", id: "slow", body: { uid: "slow" } });
  });
});

describe("once only", () => {
  it("skips a message whose result is stored, whoever delivers it again", async () => {
    await begin(bus, "twice", {});
    await finished("twice");
    // Put the consumer back to where it was: the server delivers everything again.
    await using second = await connectBus({ url: server.url, name: "rival" });
    const { publishOnce } = await import("./results.ts");
    const again = await publishOnce(second, toyPipeline, { type: "toy.added", id: "twice", body: { n: 9 } });
    expect(again.duplicate).toBe(true);
    expect(await countOf(bus, "TOY", "toy.added.twice")).toBe(1);
  });

  it("runs a manual retry as a new generation, once", async () => {
    await begin(bus, "regen", {});
    await finished("regen");
    await begin(bus, "regen", { n: 10 }, 1);
    await eventually("second result", async () => (await bodyOf(bus, "toy.finished.regen"))?.n === 12);
    expect(await countOf(bus, "TOY", "toy.finished.regen")).toBe(2);
  });
});

describe("control", () => {
  it("kills the running attempt of a revoked run, and never starts its waiting tasks", async () => {
    await begin(bus, "running", { do: "wait", ms: 60_000 });
    await eventually("start", async () => (await kindsOf("add.running")).includes("started"));
    await publishMessage(bus, toyPipeline, { type: "toy.revoked", id: "running", body: { uid: "running" } });
    await eventually("revoked", async () => (await kindsOf("add.running")).includes("revoked"));
    await publishMessage(bus, toyPipeline, { type: "toy.revoked", id: "waiting", body: { uid: "waiting" } });
    // Workers hear of it a moment later; what they take by then may start, and is stopped.
    await eventually("they know", () => toy.running.workers.every((w) => w.revocations.has("waiting", 0)));
    await begin(bus, "waiting", {});
    await eventually("revoked", async () => (await kindsOf("add.waiting")).includes("revoked"));
    expect(await kindsOf("add.waiting")).not.toContain("started");
  });

  it("pauses and resumes a stage through a micro service that any client can call", async () => {
    const nc = await connect({ servers: server.url });
    const ask = (verb: string, body = "{}") =>
      nc.request(controlSubject("add", verb), body, { timeout: 30_000 });
    try {
      expect((await ask("pause")).json()).toMatchObject({ paused: true, stage: "add" });
      for (let i = 0; i < 6; i++) await begin(bus, `paused${i}`, {});
      // Pulls that were open may still be served; what comes after them waits.
      await eventually("a backlog", async () => (await bus.jsm.consumers.info("TOY", "add")).num_pending > 0);
    } finally {
      await ask("resume");
    }
    for (let i = 0; i < 6; i++) await finished(`paused${i}`);
    const stats = (await ask("stats")).json() as { stats: { processed: number } };
    expect(stats.stats.processed).toBeGreaterThan(5);
    await nc.close();
  });

  it("is found by the protocol `nats micro ls` speaks", async () => {
    const nc = await connect({ servers: server.url });
    const reply = await nc.request("$SRV.PING.add", "", { timeout: 30_000 });
    expect(reply.json()).toMatchObject({
      name: "add",
      version: "0.0.1",
      metadata: { pipeline: "toy", queue: "default" },
    });
    await nc.close();
  });

  it("refuses to be shut down where its process belongs to more than workers", async () => {
    const answer = await bus.nc.request(controlSubject("add", "shutdown"), "{}", { timeout: 30_000 });
    expect(answer.headers?.get("Nats-Service-Error")).toContain("shares its process");
    await begin(bus, "still-there", {});
    expect(await finished("still-there")).toMatchObject({ n: 3 });
  });

  it("limits the rate of a stage over all replicas", async () => {
    await using second = await startToy(server.url, "toy-2");
    const nc = await connect({ servers: server.url });
    const limit = (ratePerMinute: number | null) =>
      nc.request(controlSubject("add", "rate-limit"), JSON.stringify({ ratePerMinute }), { timeout: 30_000 });
    try {
      await limit(300);
      // Every replica hears of it on its own.
      const workers = [...toy.running.workers, ...second.running.workers];
      await eventually("all keep to it", () =>
        workers.every((w) => w.settings.of("add").ratePerMinute === 300),
      );
      for (let i = 0; i < 8; i++) await begin(bus, `rated${i}`, {});
      for (let i = 0; i < 8; i++) await kindsUntil(`add.rated${i}`, "succeeded");
    } finally {
      await limit(null);
      await nc.close();
    }
    const starts = (await taskEvents(bus))
      .filter((event) => event.kind === "started" && event.task.startsWith("add.rated"))
      .map((event) => event.at)
      .sort((a, b) => a - b);
    // 300 a minute is one in 200 ms: eight starts span seven intervals, however many workers there are.
    expect(starts.at(-1)! - starts[0]!).toBeGreaterThan(7 * 200 * 0.8);
  });
});

describe("workers that go and come", () => {
  // Those of the whole file are stopped here, and others take their place.
  afterAll(() => toy[Symbol.asyncDispose]());

  it("hands running work over when it stops, without using up an attempt", async () => {
    const second = await startToy(server.url, "toy-3");
    await toy.running.stop(0);
    await begin(bus, "handed", { do: "wait", ms: 6_000 });
    const runs = () =>
      second.running.workers.some((w) => [...w.active].some((each) => each.describe().startedAt));
    await eventually("start", runs);
    await second.running.stop(0);
    await second.bus.close();
    toy = await startToy(server.url, "toy-4");
    expect(await finished("handed")).toMatchObject({ n: 3 });
    await kindsUntil("add.handed", "succeeded");
    const starts = (await taskEvents(bus)).filter((e) => e.task === "add.handed" && e.kind === "started");
    expect(starts.map((event) => event.attempt)).toEqual([1, 1]);
  });

  it("goes on by itself after the server was away", async () => {
    await begin(bus, "before", {});
    await finished("before");
    await server.restart();
    await begin(bus, "after", {});
    expect(await finished("after")).toMatchObject({ n: 3 });
  });
});
