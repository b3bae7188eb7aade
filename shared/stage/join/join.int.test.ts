import { afterAll, describe, expect, it } from "vitest";
import {
  type Bus,
  connectBus,
  DeadHeader,
  lastMessage,
  publishMessage,
  reconcileTopology,
} from "#shared/bus";
import { eventually, testServer } from "#test/nats";
import { declareFan } from "#test/toy/fan/pipeline";
import { ask, fanBody, startFan } from "#test/toy/fan/start";
import { countOf, taskEvents } from "#test/toy/start";
import { withBus } from "#test/with-bus";

const numbers = (count: number, change: Record<string, object> = {}) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`p${n}`, { n: n + 1, ...change[`p${n}`] }] as const),
  );

describe.each(["atomic", "logged"] as const)("parts of a plan stored as %s", (fanOut) => {
  const pipeline = declareFan(fanOut);
  let server: Awaited<ReturnType<typeof testServer>>;
  let bus: Bus;
  let fan: Awaited<ReturnType<typeof startFan>>;

  withBus([pipeline], async (own) => {
    ({ server, bus } = own);
    fan = await startFan(server.url, pipeline);
  });
  afterAll(() => fan?.[Symbol.asyncDispose]());

  // A question may be lost with the connection when the server is started again.
  const body = (subject: string) => fanBody(bus, subject).catch(() => null);
  const summed = (uid: string) => eventually(`${uid} summed`, () => body(`fan.summed.${uid}`));
  const failed = (uid: string) => eventually(`${uid} failed`, () => body(`fan.failed.${uid}`));
  const firings = (uid: string) => countOf(bus, "FAN", `fan.joined.${uid}`);

  it("come together once, with every result", async () => {
    await ask(bus, pipeline, "plain", { pieces: numbers(5) });
    expect(await summed("plain")).toEqual({ uid: "plain", sum: 15, outcome: "success" });
    expect(await firings("plain")).toBe(1);
    const joined = await fanBody(bus, "fan.joined.plain");
    expect(joined).toMatchObject({ join: { parts: ["p0", "p1", "p2", "p3", "p4"], policy: "all" } });
    expect(joined?.join).not.toHaveProperty("tasks");
    const part = await lastMessage(bus, "FAN", "fan.piece.plain.p3");
    expect(part?.headers.get("Penstock-Run")).toBe("plain");
    expect(part?.headers.get("Penstock-Part")).toBe("p3");
  });

  it("are tasks of their own: retried, with a history and a name", async () => {
    await ask(bus, pipeline, "again", { pieces: numbers(3, { p1: { do: "fail-once" } }) });
    expect(await summed("again")).toMatchObject({ sum: 6 });
    const kinds = await eventually("the history", async () => {
      const events = (await taskEvents(bus)).filter(({ task }) => task === "fan-work.again.p1");
      return events.some(({ kind }) => kind === "succeeded") ? events : null;
    });
    expect(kinds.map(({ kind }) => kind)).toContain("retried");
    expect(kinds[0]).toMatchObject({ run: "again", part: "p1", stage: "fan-work" });
    await eventually("the join's end", async () =>
      (await taskEvents(bus)).some(({ task, kind }) => task === "fan-join.again" && kind === "succeeded"),
    );
  });

  it("end the run when one is lost and all were needed, and its dead letter names it", async () => {
    await ask(bus, pipeline, "broken", { pieces: numbers(3, { p2: { do: "throw" } }) });
    const failure = await failed("broken");
    expect(failure).toMatchObject({ error_stage: "fan-join", error_code: "JOIN_FAILED" });
    expect(failure.error_message).toContain("p2");
    expect(await firings("broken")).toBe(0);
    const dead = await lastMessage(bus, "DEAD", "dead.fan.fan-work.broken");
    expect(dead?.headers.get(DeadHeader.subject)).toBe("fan.piece.broken.p2");
    expect(dead?.headers.get("Penstock-Part")).toBe("p2");
  });

  it("make do with enough of them when that is the policy", async () => {
    const pieces = numbers(4, { p0: { do: "permanent" } });
    await ask(bus, pipeline, "enough", { pieces, policy: { atLeast: 2 } });
    expect(await summed("enough")).toMatchObject({ sum: 9, outcome: "partial" });
    const { join } = (await fanBody(bus, "fan.joined.enough")) as { join: { results: object[] } };
    expect(join.results[0]).toMatchObject({ name: "p0", state: "failed", error: { code: "CANNOT_WORK" } });
  });

  it("are stopped when the first ones were enough", async () => {
    const pieces = numbers(3, { p2: { do: "wait", ms: 600_000 } });
    await ask(bus, pipeline, "first", { pieces, policy: { first: 2 } });
    expect(await summed("first")).toMatchObject({ sum: 3, outcome: "partial" });
    await eventually("p2 stopped", async () =>
      (await taskEvents(bus)).some(({ task, kind }) => task === "fan-work.first.p2" && kind === "revoked"),
    );
  });

  it("are ended by their deadline, which the server keeps", async () => {
    const slow = { do: "wait", ms: 600_000 };
    await ask(bus, pipeline, "late", { pieces: numbers(3, { p1: slow }), deadlineMs: 300 });
    expect(await failed("late")).toMatchObject({ error_code: "JOIN_TIMED_OUT" });
    await ask(bus, pipeline, "late-enough", {
      ...{ pieces: numbers(3, { p1: slow }), policy: { atLeast: 2 }, deadlineMs: 300 },
    });
    expect(await summed("late-enough")).toMatchObject({ sum: 4, outcome: "partial" });
    await eventually("p1 stopped", async () => {
      const events = await taskEvents(bus);
      const stopped = (task: string) => events.some((e) => e.task === task && e.kind === "revoked");
      return stopped("fan-work.late.p1") && stopped("fan-work.late-enough.p1");
    });
  });

  it("end together when a person ends the run", async () => {
    const slow = { do: "wait", ms: 600_000 };
    await ask(bus, pipeline, "unwanted", { pieces: numbers(3, { p0: slow, p1: slow }) });
    await eventually("start", async () =>
      (await taskEvents(bus)).some((e) => e.task === "fan-work.unwanted.p1" && e.kind === "started"),
    );
    await publishMessage(bus, pipeline, { type: "fan.revoked", id: "unwanted", body: { uid: "unwanted" } });
    await eventually("both stopped", async () => {
      const revoked = (await taskEvents(bus)).filter((e) => e.kind === "revoked" && e.run === "unwanted");
      return new Set(revoked.map((e) => e.task)).size === 2;
    });
    expect(await firings("unwanted")).toBe(0);
    expect(await fanBody(bus, "fan.failed.unwanted")).toBeNull();
  });

  it("fire no second time, whatever is delivered again", async () => {
    await ask(bus, pipeline, "twice", { pieces: numbers(3) });
    await summed("twice");
    const { join } = pipeline.stages["fan-join"];
    // A new consumer sees everything from the beginning: every plan, every end, every deadline once more.
    await fan[Symbol.asyncDispose]();
    await bus.jsm.consumers.delete("FAN", "fan-join");
    await reconcileTopology(bus, [pipeline]);
    fan = await startFan(server.url, pipeline);
    await eventually("all delivered again", async () => {
      const { num_pending, num_ack_pending } = await bus.jsm.consumers.info("FAN", "fan-join");
      return num_pending === 0 && num_ack_pending === 0;
    });
    expect(join?.planned).toBe("fan.planned");
    const { state } = await bus.jsm.streams.info("FAN", { subjects_filter: "fan.joined.*" });
    expect(Object.values(state.subjects ?? {}).filter((count) => count !== 1)).toEqual([]);
    expect(Object.keys(state.subjects ?? {}).length).toBeGreaterThanOrEqual(5);
    const ends = await bus.jsm.streams.info("FAN", { subjects_filter: "fan.failed.*" });
    expect(Object.values(ends.state.subjects ?? {}).filter((count) => count !== 1)).toEqual([]);
  });

  it("fire once with two aggregators that share the deliveries", async () => {
    await using _second = await startFan(server.url, pipeline, { only: ["fan-join"] });
    const runs = Array.from({ length: 20 }, (_, n) => `shared${n}`);
    await Promise.all(runs.map((uid) => ask(bus, pipeline, uid, { pieces: numbers(5) })));
    for (const uid of runs) expect(await summed(uid)).toMatchObject({ sum: 15 });
    expect(await Promise.all(runs.map(firings))).toEqual(runs.map(() => 1));
  });

  it("need no aggregator to be alive when they end, nor when the deadline comes", async () => {
    await fan[Symbol.asyncDispose]();
    const others = ["fan-plan", "fan-work", "fan-sum"];
    fan = await startFan(server.url, pipeline, { only: others });
    await ask(bus, pipeline, "orphan", { pieces: numbers(3) });
    const slow = { p1: { do: "wait", ms: 600_000 } };
    await ask(bus, pipeline, "overdue", { pieces: numbers(3, slow), deadlineMs: 100 });
    await eventually("parts done", async () => (await countOf(bus, "FAN", "fan.done.orphan.*")) === 3);
    await fan[Symbol.asyncDispose]();
    await server.restart();
    fan = await startFan(server.url, pipeline);
    expect(await summed("orphan")).toMatchObject({ sum: 6 });
    expect(await failed("overdue")).toMatchObject({ error_code: "JOIN_TIMED_OUT" });
  });
});

it("a planner that died after its log is completed by whoever joins", async () => {
  const pipeline = declareFan("logged");
  await using server = await testServer();
  await using bus = await connectBus({ url: server.url, name: "test" });
  await reconcileTopology(bus, [pipeline]);
  const join = {
    ...{ parts: ["p0", "p1"], policy: "all", deadlineAt: Date.now() + 60_000 },
    tasks: { p0: { n: 1 }, p1: { n: 2 } },
  };
  await publishMessage(bus, pipeline, { type: "fan.planned", id: "half", body: { uid: "half", join } });
  await publishMessage(bus, pipeline, {
    type: "fan.piece",
    id: "half",
    part: "p0",
    body: { n: 1 },
    expectLast: 0,
  });
  await using _fan = await startFan(server.url, pipeline);
  expect(await eventually("sum", () => fanBody(bus, "fan.summed.half"))).toMatchObject({ sum: 3 });
  expect(await countOf(bus, "FAN", "fan.piece.half.*")).toBe(2);
});
