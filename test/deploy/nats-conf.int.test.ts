import { join } from "node:path";
import { AckPolicy } from "@nats-io/jetstream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startExporter } from "#services/exporter";
import { startTracker } from "#services/tracker";
import { lastMessage, openKv, publishMessage } from "#shared/bus";
import { diagramPipeline } from "#shared/pipeline";
import { createLogger } from "#shared/telemetry";
import { eventually, temporaryFolder } from "#test/nats";
import { productionStack, stages } from "./production-stack.ts";

let production: Awaited<ReturnType<typeof productionStack>>;
const bus = (user: string) => production.bus(user);
/** The client's own second is little on a busy machine. */
const PATIENT = { timeout: 30_000 };

beforeAll(async () => {
  production = await productionStack();
});

afterAll(async () => {
  await production?.[Symbol.asyncDispose]();
});

describe("every service with a user of its own", () => {
  it("does its whole job: a diagram goes through all stages and nothing is refused on the way", async () => {
    await production.submit("through");
    await production.reached("through", "diagram.completed");
    // Each worker publishes on a subject of its own.
    await eventually("lifecycle events of every stage", async () => {
      const { state } = await bus("cli").jsm.streams.info("TASKS", { subjects_filter: "task.events.*" });
      return Object.keys(state.subjects ?? {}).length === stages.length;
    });
    expect(await production.violations()).toEqual([]);
  });

  it("buries what it cannot do and ends the diagram in error, at every stage", async () => {
    await Promise.all(stages.map((stage) => production.submit(`fail-${stage.name}`, { failAt: stage.name })));
    for (const { name } of stages) {
      await production.reached(`fail-${name}`, "diagram.failed");
      expect(await lastMessage(bus("cli"), "DEAD", `dead.diagram.${name}.fail-${name}`)).not.toBeNull();
    }
    expect(await production.violations()).toEqual([]);
  });

  it("is controlled, limited, paused and revoked by operators", async () => {
    const operator = bus("gateway");
    for (const { name } of stages) {
      const ask = async (verb: string, args = {}) =>
        (await operator.nc.request(`penstock.control.${name}.${verb}`, JSON.stringify(args), PATIENT)).json();
      expect(await ask("ping")).toMatchObject({ stage: name });
      expect(await ask("rate-limit", { ratePerMinute: 6000 })).toMatchObject({ ratePerMinute: 6000 });
      expect(await ask("pause")).toMatchObject({ paused: true });
      expect(await ask("resume")).toMatchObject({ paused: false });
    }
    const found = await operator.nc.request("$SRV.PING.detect", "", PATIENT);
    expect(found.json()).toMatchObject({ name: "detect" });
    await production.submit("limited");
    await production.reached("limited", "diagram.completed");
    await publishMessage(operator, diagramPipeline, {
      type: "diagram.revoked",
      id: "revoked-1",
      body: { uid: "revoked-1" },
    });
    await (await openKv(operator, "settings")).put("stage.detect", "{}");
    expect(await production.violations()).toEqual([]);
  });

  it("hands running work over when it stops, and the next takes it", async () => {
    const worker = bus("detect");
    const kv = await openKv(worker, "handovers");
    await kv.put("detect.some-run", "1");
    expect((await kv.get("detect.some-run"))?.string()).toBe("1");
    expect(await production.violations()).toEqual([]);
  });

  it("the tracker knows every run, and others may ask it", async () => {
    await using folder = await temporaryFolder();
    const tracker = await startTracker({
      bus: bus("tracker"),
      dbPath: join(folder.path, "history.db"),
      retention: { days: 30, rows: 200_000 },
      log: createLogger("tracker"),
    });
    try {
      for (const user of ["gateway", "cli", "exporter"]) {
        await eventually(`the run, asked for by ${user}`, async () => {
          const reply = await bus(user).nc.request("penstock.history.runs.list", '{"q":"through"}', PATIENT);
          return reply.json<{ runs?: unknown[] }>().runs?.length === 1;
        });
      }
      const entry = await eventually("its state for everybody", async () =>
        (await openKv(bus("exporter"), "runs")).get("through"),
      );
      expect(entry.json()).toMatchObject({ state: "completed" });
      await bus("gateway").nc.request(
        "penstock.history.runs.forget",
        '{"pipeline":"diagram","uid":"through"}',
        PATIENT,
      );
    } finally {
      await tracker.close();
    }
    expect(await production.violations()).toEqual([]);
  });

  it("the exporter follows every stream with consumers of its own", async () => {
    const { jsm, js } = bus("exporter");
    for (const stream of [diagramPipeline.stream, "TASKS", "DEAD", "ADVISORIES"]) {
      await jsm.consumers.add(stream, { name: "exporter-test", ack_policy: AckPolicy.Explicit });
      const message = await (await js.consumers.get(stream, "exporter-test")).next({ expires: 1000 });
      if (message) expect(await message.ackAck()).toBe(true);
      for (const { name } of stages)
        if (stream === diagramPipeline.stream) await jsm.consumers.info(stream, name);
    }
    expect(await production.violations()).toEqual([]);
  });

  it("the exporter counts all of it, and writes down how far it has counted", async () => {
    await using exporter = await startExporter({
      bus: bus("exporter"),
      port: 0,
      refreshMs: 100,
      snapshotMs: 100,
    });
    const page = await eventually("metrics", async () => {
      const response = await fetch(`${exporter.url}/metrics`);
      const text = await response.text();
      return response.ok && text;
    });
    for (const { name, queue } of stages)
      expect(page).toMatch(
        new RegExp(`penstock_task_sent_total{name="${name}",queue_name="${queue}"} [1-9]`),
      );
    const counters = await openKv(bus("exporter"), "counters");
    await eventually("a snapshot", () => counters.get("exporter.counts"));
    expect(await production.violations()).toEqual([]);
  });
});

/** Publishes as a user and tells whether the server refused it. A request fails at once when it is refused. */
async function refused(user: string, subject: string, body = ""): Promise<boolean> {
  try {
    await bus(user).nc.request(subject, body, PATIENT);
    return false;
  } catch (error) {
    return /permission/i.test(`${(error as Error).name} ${(error as Error).message}`);
  }
}

/** The server's complaints once there is exactly one more than before: it writes its log when it comes to it. */
async function newViolation(before: number): Promise<string[]> {
  const after = await eventually("a line of the log", async () => {
    const lines = await production.violations();
    return lines.length > before ? lines : null;
  });
  expect(after.length).toBe(before + 1);
  return after;
}

describe("what is not a user's business is refused", () => {
  it.each([
    ["another stage's result", "detect", "diagram.segmented.x"],
    ["work that nobody submitted", "detect", "diagram.uploaded.x"],
    ["the end of a diagram by a person's wish", "segment", "diagram.revoked.x"],
    ["another stage's messages", "detect", "$JS.API.CONSUMER.MSG.NEXT.DIAGRAM.segment"],
    ["an ack of another stage's message", "detect", "$JS.ACK.DIAGRAM.segment.1.1.1.1.1"],
    ["its own consumer's configuration", "detect", "$JS.API.CONSUMER.CREATE.DIAGRAM.detect"],
    ["its own consumer's end", "detect", "$JS.API.CONSUMER.DELETE.DIAGRAM.detect"],
    ["another stage's consumer's end", "ingest", "$JS.API.CONSUMER.DELETE.DIAGRAM.export"],
    ["another stage's settings", "detect", "$KV.settings.stage.segment"],
    ["state", "detect", "$KV.runs.x"],
    ["uploads", "detect", "$O.inbox.C.x"],
    ["a dead letter of another stage", "detect", "dead.diagram.segment.x"],
    ["the audit trail", "detect", "task.audit.control"],
    ["the lifecycle of tasks", "gateway", "task.events.x"],
    ["control of workers", "detect", "penstock.control.segment.shutdown"],
    ["the end of artifacts", "export", "$JS.API.STREAM.PURGE.OBJ_artifacts"],
    ["results", "tracker", "diagram.completed.x"],
    ["control", "exporter", "penstock.control.detect.shutdown"],
    ["work", "exporter", "diagram.uploaded.x"],
    ["state", "exporter", "$KV.runs.x"],
    ["a stage's messages", "tracker", "$JS.API.CONSUMER.MSG.NEXT.DIAGRAM.detect"],
    ["a stage's messages", "gateway", "$JS.API.CONSUMER.MSG.NEXT.DIAGRAM.detect"],
    ["the end of a stream", "gateway", "$JS.API.STREAM.DELETE.DIAGRAM"],
    ["the end of a stream", "cli", "$JS.API.STREAM.DELETE.DIAGRAM"],
    ["a change of a stream", "cli", "$JS.API.STREAM.UPDATE.DIAGRAM"],
    ["work", "topology", "diagram.uploaded.x"],
  ])("%s (%s on %s)", async (_what, user, subject) => {
    const before = (await production.violations()).length;
    expect(await refused(user, subject, "{}")).toBe(true);
    expect((await newViolation(before)).at(-1)).toContain(subject);
  });

  it.each([
    ["detect", "diagram.>"],
    ["detect", "_INBOX_segment.>"],
    ["detect", "penstock.control.segment.*"],
    ["exporter", ">"],
    ["cli", "_INBOX_gateway.>"],
  ])("listening (%s to %s)", async (user, subject) => {
    const before = (await production.violations()).length;
    const subscription = bus(user).nc.subscribe(subject, { callback: () => {} });
    await bus(user).nc.flush();
    subscription.unsubscribe();
    expect((await newViolation(before)).at(-1)).toContain("Subscription Violation");
  });

  it("another stage's consumer under cover of another name", async () => {
    const read = async () => (await bus("topology").jsm.consumers.info("DIAGRAM", "segment")).config;
    const before = await read();
    // Without a name in the subject the server would take the one in the request.
    const known = (await production.violations()).length;
    expect(await refused("detect", "$JS.API.CONSUMER.CREATE.DIAGRAM")).toBe(true);
    await newViolation(known);
    for (const subject of ["mine", "mine.diagram.annotated.*"])
      for (const name of [{ name: "segment" }, { durable_name: "segment" }]) {
        const { durable_name: _, filter_subjects: __, ...settings } = before;
        const config = {
          ...settings,
          filter_subject: "diagram.annotated.*",
          description: "taken over",
          ...name,
        };
        const request = JSON.stringify({ stream_name: "DIAGRAM", config, action: "" });
        const reply = await bus("detect").nc.request(
          `$JS.API.CONSUMER.CREATE.DIAGRAM.${subject}`,
          request,
          PATIENT,
        );
        // Refused, or made under the name that the subject allows.
        const { error, name: made } = reply.json<{ error?: object; name?: string }>();
        expect(error ?? made).toEqual(error ?? "mine");
      }
    expect(await read()).toEqual(before);
  });

  it("a wrong password, no password, and a user nobody declared", async () => {
    await expect(production.connectAs("detect", "wrong")).rejects.toMatchObject({ code: "NATS_REFUSED" });
    await expect(production.connectAs("nobody")).rejects.toMatchObject({ code: "NATS_REFUSED" });
  });
});
