import { expect, it } from "vitest";
import { z } from "zod";
import { definePipeline, subjectsOf } from "./index.ts";
import type { StageSpec } from "./types.ts";

const message = (state: string) => ({ schema: z.object({}), state, summary: state });
const messages = {
  "pizza.ordered": { ...message("ordered"), anonymous: true },
  "pizza.baked": message("baked"),
  "pizza.failed": message("error"),
  "pizza.revoked": message("revoked"),
};
type Type = keyof typeof messages;

const declare = (stages: Record<string, StageSpec<Type>>) =>
  definePipeline({
    name: "pizza",
    stream: "PIZZA",
    messages,
    stages,
    failed: "pizza.failed",
    revoked: "pizza.revoked",
  });

const bake: StageSpec<Type> = {
  service: "oven",
  takes: ["pizza.ordered"],
  gives: ["pizza.baked"],
  queue: "gpu",
  summary: "Bakes.",
};

it("fills in every default, and lets a stage say otherwise", () => {
  expect(declare({ bake }).stages.bake).toMatchObject({
    name: "bake",
    pipeline: "pizza",
    module: "stage",
    inline: false,
    concurrency: 1,
    retries: 2,
  });
  const own = declare({ bake: { ...bake, retries: 0, concurrency: 3, hardLimitMs: 1_000 } }).stages.bake;
  expect(own).toMatchObject({ retries: 0, concurrency: 3, hardLimitMs: 1_000, retryDelayMs: 60_000 });
});

it("listens on the bare subject, and for ids that are none, only where people publish", () => {
  expect(subjectsOf("pizza.ordered", messages["pizza.ordered"])).toEqual([
    "pizza.ordered",
    "pizza.ordered.>",
  ]);
  expect(subjectsOf("pizza.baked", messages["pizza.baked"])).toEqual(["pizza.baked.*"]);
  expect(declare({ bake }).stages.bake?.filters).toEqual(["pizza.ordered", "pizza.ordered.>"]);
});

it("stores every subject of the pipeline in its stream", () => {
  expect(declare({ bake })).toMatchObject({ stream: "PIZZA", subjects: ["pizza.>"] });
});

it("refuses a stage that names a message nobody declared", () => {
  const eat = { ...bake, takes: ["pizza.eaten" as Type] };
  expect(() => declare({ eat })).toThrow(
    "stage eat names message pizza.eaten, which pipeline pizza does not declare",
  );
});
