import { expect, it } from "vitest";
import { LEARNED_MODELS, MODEL_NAMES } from "#shared/messages";
import { HEAVY_MODELS, LIGHT_MODELS, retrainPipeline, subjectsOf, takersOf } from "./index.ts";

it("gives every model to one queue", () => {
  expect([...HEAVY_MODELS, ...LIGHT_MODELS].sort()).toEqual([...MODEL_NAMES].sort());
  for (const model of MODEL_NAMES)
    expect(takersOf(retrainPipeline, "retrain.train", model).map(({ name }) => name)).toHaveLength(1);
  expect(takersOf(retrainPipeline, "retrain.train", "ranking")[0]).toMatchObject({ queue: "ml_light" });
  expect(takersOf(retrainPipeline, "retrain.train", "classification")[0]).toMatchObject({
    queue: "ml_heavy",
  });
  expect(LEARNED_MODELS).toHaveLength(5);
});

it("has parts on subjects that name run and model", () => {
  const { messages, stages } = retrainPipeline;
  expect(subjectsOf("retrain.trained", messages["retrain.trained"])).toEqual(["retrain.trained.*.*"]);
  expect(stages["train-light"].filters).toContain("retrain.train.*.ranking");
  expect(stages["train-light"]).toMatchObject({ lost: "retrain.train_failed" });
});

it("has the states and the nightly schedule that dashboards and people know", () => {
  expect(Object.values(retrainPipeline.messages).map(({ state }) => state)).toEqual([
    ...["requested", "skipped", "turn", "train", "training", "trained", "train_failed", "overdue"],
    ...["joined", "evaluated", "promoted", "completed", "error", "revoked"],
  ]);
  expect(retrainPipeline.schedules).toEqual([
    { name: "retrain-nightly", type: "retrain.requested", body: {}, cron: "0 0 2 * * *" },
  ]);
});

it("hears a join's plan as one task, and no task in each part that ends", () => {
  expect(takersOf(retrainPipeline, "retrain.planned").map(({ name }) => name)).toEqual(["join-training"]);
  expect(takersOf(retrainPipeline, "retrain.trained", "ranking")).toEqual([]);
});
