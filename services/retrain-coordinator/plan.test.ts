import { expect, it } from "vitest";
import { type DatasetRef, LEARNED_MODELS, RetrainPlanned } from "#shared/messages";
import { memoryContext } from "#shared/stage";
import type { Frozen } from "./freeze.ts";
import plan, { type PlanResources } from "./plan.ts";

const dataset: DatasetRef = { version: "ds-1", digest: "SHA-256=x", createdAt: 1, counts: {}, artifacts: {} };

/** Plans run `r2` with a dataset and a turn as given. */
async function planned(
  request: Record<string, unknown>,
  {
    frozen = { dataset, left: {} },
    going = null,
  }: { frozen?: Frozen; going?: { run: string; state: string } | null } = {},
) {
  const resources = {
    freeze: async () => frozen,
    readTurn: async () => ({ seq: 7, going }),
  } as unknown as PlanResources;
  const context = {
    ...(await memoryContext({ ...plan, setup: () => resources }, {}, { run: "r2" })),
    resources,
  };
  const result = await plan.handle(request, context);
  return Array.isArray(result) ? result : [result];
}

it("sends one training per model, takes the turn it read, and plans last", async () => {
  const emissions = await planned({ by: "ada", schedule: "nightly" });
  expect(emissions.slice(0, -2).map(({ type, part }) => `${type} ${part}`)).toEqual(
    LEARNED_MODELS.map((model) => `retrain.train ${model}`),
  );
  expect(emissions.at(-2)).toMatchObject({ type: "retrain.turn", body: { uid: "r2" }, expectLast: 7 });
  const last = emissions.at(-1);
  expect(last).toMatchObject({ type: "retrain.planned", deadlineMs: 8 * 3_600_000 });
  const join = { parts: [...LEARNED_MODELS], policy: { atLeast: 1 }, deadlineAt: 1 };
  expect(RetrainPlanned.parse({ ...last?.body, join })).toMatchObject({
    by: "ada",
    schedule: "nightly",
    seed: 1,
  });
});

it("trains only the models asked for, each once", async () => {
  const emissions = await planned({ models: ["ranking", "ranking"], seed: 9 });
  expect(emissions).toHaveLength(3);
  expect(emissions[0]).toMatchObject({ part: "ranking", body: { model: "ranking", seed: 9, dataset } });
});

it("refuses a name that is no model", async () => {
  await expect(planned({ models: ["ranking", "oracle"] })).rejects.toMatchObject({
    code: "UNKNOWN_MODEL",
    kind: "permanent",
    message: expect.stringContaining('"oracle"'),
  });
});

it("ends at once when another run is going, and goes on when it is its own", async () => {
  const other = await planned({}, { going: { run: "r1", state: "training" } });
  expect(other).toEqual([expect.objectContaining({ type: "retrain.skipped" })]);
  expect(other[0]?.body).toMatchObject({
    code: "RUN_ALREADY_GOING",
    reason: expect.stringContaining('"r1"'),
  });
  expect(await planned({}, { going: { run: "r2", state: "training" } })).toHaveLength(
    LEARNED_MODELS.length + 2,
  );
});

it("leaves out a model with too little data, and says why", async () => {
  const left = { ranking: "3 diagrams, 20 are needed" };
  const emissions = await planned({ models: ["ranking", "regression"] }, { frozen: { dataset, left } });
  expect(emissions.map(({ part }) => part)).toEqual(["regression", undefined, undefined]);
  expect(emissions.at(-1)?.body).toMatchObject({ models: ["ranking", "regression"], left });
});

it.each<[string, Frozen, string]>([
  [
    "every model has too little",
    { dataset, left: { ranking: "3 diagrams, 20 are needed" } },
    "20 are needed",
  ],
  ["there is nothing to freeze", { dataset: null, left: {}, why: "0 validated diagrams" }, "0 validated"],
])("trains nothing when %s", async (_, frozen, reason) => {
  const [only, ...more] = await planned({ models: ["ranking"] }, { frozen });
  expect(more).toEqual([]);
  expect(only).toMatchObject({
    type: "retrain.skipped",
    body: { code: "TOO_LITTLE_DATA", models: ["ranking"] },
  });
  expect(JSON.stringify(only?.body)).toContain(reason);
});
