import { expect, it } from "vitest";
import type { Bus } from "#shared/bus";
import { eventually } from "#test/nats";
import { begin, bodyOf } from "#test/toy/start";
import { type Toy, withToy } from "#test/toy/with-toy";
import { controlSubject } from "./control.ts";
import { readStageSettings } from "./stage-settings.ts";

let bus: Bus;
let toy: Toy;

withToy((own) => {
  ({ bus, toy } = own);
});

const worker = () => toy.running.workers.find(({ stage }) => stage.name === "add")!;
const tell = async (verb: string, args: object) =>
  (await bus.nc.request(controlSubject("add", verb), JSON.stringify(args), { timeout: 30_000 })).json<{
    slots: number;
  }>();

it("gives a worker slots and executors while tasks wait, keeps to its bounds, and takes them back", async () => {
  expect(worker().slots).toBe(2);
  await tell("autoscale", { min: 1, max: 3 });
  expect((await readStageSettings(bus, "add")).settings.autoscale).toEqual({ min: 1, max: 3 });
  const ids = Array.from({ length: 9 }, (_, i) => `scaled-${i}`);
  for (const uid of ids) await begin(bus, uid, { do: "wait", ms: 1_500 });
  await eventually("three slots, all taken", async () => worker().slots === 3 && worker().active.size === 3);
  await eventually("each in its executor", () => toy.running.pool.pids().length === 3);
  for (const uid of ids) await eventually(`${uid} done`, () => bodyOf(bus, `toy.finished.${uid}`));
  await eventually("one slot again", async () => worker().slots === 1);
});

it("grows one worker by hand beyond what it started with, executors included", async () => {
  const before = worker().slots;
  expect((await tell("grow", { by: 3, worker: worker().id })).slots).toBe(before + 3);
  const ids = Array.from({ length: before + 3 }, (_, i) => `grown-${i}`);
  for (const uid of ids) await begin(bus, uid, { do: "wait", ms: 3_000 });
  await eventually("all run at once", async () => worker().active.size === ids.length);
  await eventually("each in its executor", async () => toy.running.pool.pids().length === ids.length);
});
