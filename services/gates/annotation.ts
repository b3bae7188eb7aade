// Accepts the boxes, or lets a person correct them. Takes diagram.detected, gives diagram.annotated or
// diagram.awaiting_annotation.
import { artifactOf, Coco, carry } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { defineStage } from "#shared/stage";
import { gateSettings, passes } from "./decide.ts";
import { askLearned } from "./learned.ts";

export default defineStage(diagramPipeline, "gate-annotation", {
  settings: gateSettings,
  async handle(given, { settings, artifacts, models, log }) {
    const learned = askLearned(given, "annotation", { models, artifacts, log });
    const message = carry(given, await learned.certainty());
    if (!passes(message, "annotation", settings.threshold)) {
      return { type: "diagram.awaiting_annotation", body: carry(message, await learned.need()) };
    }
    const bytes = await artifacts.get(artifactOf(message, "detections.json"));
    const detections = Coco.parse(JSON.parse(new TextDecoder().decode(bytes)));
    // What passes is accepted: a box is a symbol now, no longer a claim with a score.
    const annotations = detections.annotations.map(({ score: _score, ...annotation }) => annotation);
    const stored = await artifacts.put(
      "annotations.json",
      JSON.stringify({ ...detections, annotations }),
      "application/json",
    );
    return { type: "diagram.annotated", body: carry(message, { artifacts: { "annotations.json": stored } }) };
  },
});
