// Writes FXML, GraphML, DEXPI and an SVG overlay. Takes diagram.graph_validated, gives diagram.completed.
import { toDexpi, toFxml, toGraphml, toOverlaySvg } from "#shared/exports";
import { artifactOf, carry } from "#shared/messages";
import { DIAGRAM_ARTIFACTS, diagramPipeline } from "#shared/pipeline";
import { defineStage } from "#shared/stage";
import { embedSheet } from "./embed-sheet.ts";
import { readDpi } from "./read-dpi.ts";
import { readGraph } from "./read-graph.ts";
import { exportSettings } from "./settings.ts";

export default defineStage(diagramPipeline, "export", {
  settings: exportSettings,
  async handle(message, { settings, artifacts, signal, progress, log }) {
    const graph = readGraph(await artifacts.get(artifactOf(message, "validated_graph.json")));
    const title = message.name ?? message.uid;
    const approved = message.approvals.graph?.at;
    const writers = {
      "output.fxml": () => toFxml(graph),
      "graph.graphml": () => toGraphml(graph),
      "graph.dexpi.xml": async () =>
        toDexpi(graph, {
          title,
          dpi: (await readDpi(message, artifacts)) ?? settings.dpi,
          // Not the present time: the same event written twice gives the same file.
          createdAt: approved === undefined ? undefined : new Date(approved).toISOString(),
        }),
      "overlay.svg": async () =>
        toOverlaySvg(graph, {
          sheetHref:
            settings.overlaySheetPx > 0
              ? await embedSheet(
                  await artifacts.get(artifactOf(message, "sheet.png")),
                  settings.overlaySheetPx,
                )
              : undefined,
        }),
    };
    const written: typeof message.artifacts = {};
    for (const [name, write] of Object.entries(writers)) {
      signal.throwIfAborted();
      written[name] = await artifacts.put(name, await write(), DIAGRAM_ARTIFACTS[name]);
      progress(Object.keys(written).length / Object.keys(writers).length, name);
    }
    log.info(`${graph.nodes.length} nodes and ${graph.edges.length} edges exported`);
    return {
      type: "diagram.completed" as const,
      body: carry(message, {
        artifacts: written,
        counts: { nodes: graph.nodes.length, edges: graph.edges.length, crossings: graph.crossings.length },
      }),
    };
  },
});
