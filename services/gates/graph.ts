// Accepts the graph, or lets a person correct it. Takes diagram.built, gives diagram.graph_validated or
// diagram.awaiting_graph.
import { artifactOf, carry } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { defineStage } from "#shared/stage";
import { gateSettings, passes } from "./decide.ts";
import { askLearned } from "./learned.ts";

export default defineStage(diagramPipeline, "gate-graph", {
  settings: gateSettings,
  async handle(given, { settings, artifacts, models, log }) {
    const learned = askLearned(given, "graph", { models, artifacts, log });
    const message = carry(given, await learned.certainty());
    if (!passes(message, "graph", settings.threshold)) {
      return { type: "diagram.awaiting_graph", body: carry(message, await learned.need()) };
    }
    const graph = await artifacts.get(artifactOf(message, "graph.json"));
    const stored = await artifacts.put("validated_graph.json", graph, "application/json");
    return {
      type: "diagram.graph_validated",
      body: carry(message, { artifacts: { "validated_graph.json": stored } }),
    };
  },
});
