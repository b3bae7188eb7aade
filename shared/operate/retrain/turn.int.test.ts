import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import {
  type Bus,
  connectBus,
  DeadHeader,
  Header,
  lastMessage,
  publishMessage,
  publishRaw,
  reconcileTopology,
} from "#shared/bus";
import { encodeBody } from "#shared/codec";
import { PIPELINES, retrainPipeline } from "#shared/pipeline";
import { testServer } from "#test/nats";
import { readTurn, redrive, retry, startRetrain } from "../index.ts";

let server: Awaited<ReturnType<typeof testServer>>;
let bus: Bus;
const ada = { by: "ada" };
const retrain = { ...ada, pipeline: retrainPipeline };

beforeAll(async () => {
  server = await testServer();
  bus = await connectBus({ url: server.url, name: "test" });
});

beforeEach(async () => {
  await bus.jsm.streams.delete("RETRAIN").catch(() => {});
  await reconcileTopology(bus, PIPELINES);
});

afterAll(async () => {
  await bus?.close();
  await server?.[Symbol.asyncDispose]();
});

/** Publishes an event of a run as a stage would. */
const event = (type: string, id: string, body: object = {}) =>
  publishMessage(bus, retrainPipeline, { type, id, body: { uid: id, ...body } });

/** A run that was planned, joined, and failed when it was to be evaluated. */
async function failedRun(id: string) {
  await event("retrain.requested", id);
  await event("retrain.turn", id);
  await event("retrain.planned", id);
  await event("retrain.joined", id);
  await event("retrain.failed", id, { error_stage: "evaluate", error_code: "X", error_message: "x" });
}

it("a run that begins again behind its plan takes the turn, and nobody else is planned meanwhile", async () => {
  await failedRun("first");
  expect(await readTurn(bus)).toMatchObject({ going: null });
  expect(await retry(bus, "first", retrain)).toMatchObject({ stage: "evaluate", generation: 1 });
  expect(await lastMessage(bus, "RETRAIN", "retrain.joined.first")).toMatchObject({ generation: 1 });
  expect(await readTurn(bus)).toMatchObject({ going: { run: "first" } });
  await expect(startRetrain(bus, ada)).rejects.toMatchObject({ code: "RUN_ALREADY_GOING" });
});

it("it does not begin again while the turn is another's, and nothing is published", async () => {
  await failedRun("first");
  await event("retrain.turn", "second");
  await event("retrain.planned", "second");
  for (const from of ["evaluate", "plan-training"])
    await expect(retry(bus, "first", { ...retrain, from })).rejects.toMatchObject({
      ...{ code: "RUN_ALREADY_GOING", reason: "conflict", message: expect.stringContaining('"second"') },
    });
  expect(await lastMessage(bus, "RETRAIN", "retrain.joined.first")).toMatchObject({ generation: 0 });
  await event("retrain.completed", "second");
  expect(await retry(bus, "first", retrain)).toMatchObject({ generation: 1 });
});

it("of two that begin again at once, one does", async () => {
  await Promise.all([failedRun("first"), failedRun("second")]);
  const both = await Promise.allSettled(["first", "second"].map((run) => retry(bus, run, retrain)));
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = both.find(({ status }) => status === "rejected") as PromiseRejectedResult;
  expect(refused.reason).toMatchObject({ reason: "conflict" });
});

it("whoever plans takes the turn with the plan: a retry from there leaves it alone", async () => {
  await failedRun("first");
  const { seq } = await readTurn(bus);
  await retry(bus, "first", { ...retrain, from: "plan-training" });
  expect((await readTurn(bus)).seq).toBe(seq);
});

it("a dead letter that is sent again takes the turn too", async () => {
  await failedRun("first");
  const body = encodeBody({ uid: "first" }, "json");
  const headers = {
    "Content-Type": body.contentType,
    [DeadHeader.subject]: "retrain.joined.first",
    [DeadHeader.stage]: "evaluate",
    [Header.run]: "first",
    [DeadHeader.reason]: "EXHAUSTED",
  };
  const subject = "dead.retrain.evaluate.first";
  const { seq } = await publishRaw(bus, { subject, bytes: body.bytes, messageId: subject, headers });
  await redrive(bus, seq, ada);
  expect(await readTurn(bus)).toMatchObject({ going: { run: "first" } });
});
