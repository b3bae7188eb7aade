import { expect, it } from "vitest";
import { type Bus, lastMessage, readSchedule, reconcileTopology } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { PIPELINES } from "#shared/pipeline";
import { eventually } from "#test/nats";
import { withBus } from "#test/with-bus";
import {
  catchUpSchedules,
  listSchedules,
  removeSchedule,
  runSchedule,
  setSchedule,
  startRetrain,
} from "../index.ts";

let bus: Bus;
const ada = { by: "ada", reason: "a test" };

withBus(PIPELINES, (own) => {
  ({ bus } = own);
});

const named = async (name: string) => (await listSchedules(bus)).find((each) => each.name === name);
const firings = async () => {
  const { state } = await bus.jsm.streams.info("RETRAIN", { subjects_filter: "retrain.requested" });
  return state.subjects?.["retrain.requested"] ?? 0;
};

it("a new installation retrains nightly at 02:00, and says when next", async () => {
  const nightly = await named("retrain-nightly");
  expect(nightly).toMatchObject({
    cron: "0 0 2 * * *",
    enabled: true,
    subject: "retrain.requested",
    last: null,
  });
  expect(nightly?.timeZone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const next = new Date(nightly?.next ?? 0);
  expect([next.getHours(), next.getMinutes(), next.getTime() > Date.now()]).toEqual([2, 0, true]);
});

it("the server fires it by itself into the pipeline's stream, with what it was told to ask for", async () => {
  await setSchedule(bus, "often", { cron: "* * * * * *", body: { models: ["ranking"] } }, ada);
  await eventually("two firings", async () => (await firings()) >= 2);
  const message = await lastMessage(bus, "RETRAIN", "retrain.requested");
  expect(decodeBody(message!.data, message!.headers.get("Content-Type"))).toEqual({
    ...{ models: ["ranking"], schedule: "often" },
  });
  expect(message?.headers.get("Penstock-Schedule")).toBe("often");
});

it("fires no more once it is disabled, and again once it is enabled", async () => {
  await setSchedule(bus, "often", { enabled: false }, ada);
  expect(await named("often")).toMatchObject({ enabled: false, next: null, cron: "* * * * * *" });
  // A firing under way when it was disabled has arrived once the stream has seen a later schedule fire.
  const before = await firings();
  await setSchedule(bus, "other", { cron: "* * * * * *" }, ada);
  const byOther = async () => {
    const last = await lastMessage(bus, "RETRAIN", "retrain.requested");
    return last?.headers.get("Penstock-Schedule") === "other" && (await firings()) >= before + 2;
  };
  await eventually("the other fires", byOther);
  await removeSchedule(bus, "other", ada);
  await setSchedule(bus, "often", { enabled: true }, ada);
  await eventually("it fires again", async () => {
    const last = await lastMessage(bus, "RETRAIN", "retrain.requested");
    return last?.headers.get("Penstock-Schedule") === "often";
  });
  await removeSchedule(bus, "often", ada);
});

it("stays as a person left it when the topology is applied again", async () => {
  await setSchedule(bus, "retrain-nightly", { cron: "0 30 4 * * *", timeZone: "Asia/Tokyo" }, ada);
  await reconcileTopology(bus, PIPELINES);
  expect(await named("retrain-nightly")).toMatchObject({ cron: "0 30 4 * * *", timeZone: "Asia/Tokyo" });
  await removeSchedule(bus, "retrain-nightly", ada);
  await reconcileTopology(bus, PIPELINES);
  expect(await named("retrain-nightly")).toBeUndefined();
  await setSchedule(bus, "retrain-nightly", { cron: "0 0 2 * * *" }, ada);
  expect(await named("retrain-nightly")).toMatchObject({ cron: "0 0 2 * * *" });
});

it("starts a run now, under an id that is told, and writes who did", async () => {
  const { run } = await runSchedule(bus, "retrain-nightly", ada);
  const message = await lastMessage(bus, "RETRAIN", `retrain.requested.${run}`);
  const body = decodeBody(message!.data, message!.headers.get("Content-Type"));
  expect(body).toMatchObject({ uid: run, schedule: "retrain-nightly", by: "ada" });
  const audit = await lastMessage(bus, "TASKS", "task.audit.schedule.run");
  expect(decodeBody(audit!.data, "application/json")).toMatchObject({ target: "retrain-nightly", by: "ada" });
});

it.each([
  ["five fields", { cron: "0 2 * * *" }, "BAD_CRON"],
  ["an hour that is none", { cron: "0 0 25 * * *" }, "BAD_CRON"],
  ["a zone nobody knows", { cron: "0 0 2 * * *", timeZone: "Mars/Olympus" }, "BAD_TIME_ZONE"],
  ["a pipeline nobody knows", { cron: "0 0 2 * * *", pipeline: "pizza" }, "PIPELINE_UNKNOWN"],
  ["a pipeline that takes none", { cron: "0 0 2 * * *", pipeline: "diagram" }, "NO_ENTRY"],
  ["a body that is no request", { cron: "0 0 2 * * *", body: { models: 3 } }, "INVALID_MESSAGE"],
])("refuses %s", async (_, change, code) => {
  await expect(setSchedule(bus, "wrong", change, ada)).rejects.toMatchObject({ code });
});

it("refuses names that are none and schedules that are not there", async () => {
  await expect(setSchedule(bus, "a.b", { cron: "0 0 2 * * *" }, ada)).rejects.toMatchObject({
    code: "BAD_NAME",
  });
  for (const act of [runSchedule, removeSchedule])
    await expect(act(bus, "nobody", ada)).rejects.toMatchObject({ code: "SCHEDULE_NOT_FOUND" });
});

it("makes up once for a time the server missed, and for none before the schedule was set", async () => {
  const stored = await readSchedule(bus, "retrain-nightly");
  const before = await firings();
  const day = 86_400_000;
  const at = new Date((stored?.changedAt ?? 0) + day);
  at.setHours(2, 5, 0, 0);
  if (at.getTime() < (stored?.changedAt ?? 0) + 6 * 60_000) at.setDate(at.getDate() + 1);
  expect(await catchUpSchedules(bus, stored?.changedAt)).toEqual([]);
  const both = await Promise.all([catchUpSchedules(bus, at.getTime()), catchUpSchedules(bus, at.getTime())]);
  await eventually("it has come over", async () => (await firings()) === before + 1);
  expect(both.flat().length).toBeLessThanOrEqual(2);
  expect(await firings()).toBe(before + 1);
});

it("refuses to train a model that is none", async () => {
  await expect(startRetrain(bus, { ...ada, models: ["oracle"] })).rejects.toMatchObject({
    ...{ code: "UNKNOWN_MODEL", reason: "invalid" },
  });
});
