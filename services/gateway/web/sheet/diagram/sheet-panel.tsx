import { useEffect, useMemo, useState } from "preact/hooks";
import type { Coco, Graph, JunctionList } from "#shared/messages";
import type { RunDetail } from "../../api/types.ts";
import { useArtifact } from "../api/use-artifact.ts";
import { useTiles } from "../api/use-tiles.ts";
import { fromCoco } from "../boxes/box-document.ts";
import { paintBoxes } from "../paint/paint-boxes.ts";
import { paintGraph } from "../paint/paint-graph.ts";
import { paintJunctions } from "../paint/paint-junctions.ts";
import type { Painter } from "../view/view.ts";
import { Viewer } from "../view/viewer.tsx";
import { LayerPanel } from "./layer-panel.tsx";
import { firstLayers, presentLayers } from "./layers.ts";

const NOTHING = new Set<never>();

/** The sheet with everything that was made of it, to switch and fade. */
export function SheetPanel({ run }: { run: RunDetail }) {
  const tiles = useTiles(run);
  const layers = presentLayers(run.artifacts);
  const names = layers.map((layer) => layer.name).join();
  const [chosen, setChosen] = useState<Map<string, number>>();
  // Until somebody chooses, the newest thing there is.
  const on = useMemo(() => chosen ?? firstLayers(run.artifacts), [chosen, names]);
  const artifactOf = (name: string) => layers.find((layer) => layer.name === name)?.artifact;
  const coco = useArtifact<Coco>(run, artifactOf("boxes"), on.has("boxes")).data;
  const joins = useArtifact<JunctionList>(run, artifactOf("joins"), on.has("joins")).data;
  const graph = useArtifact<Graph>(run, artifactOf("graph"), on.has("graph")).data;
  const boxes = useMemo(() => (coco ? fromCoco(coco) : undefined), [coco]);
  const painters = useMemo(() => {
    const list: Painter[] = [];
    const [box, join, line] = [on.get("boxes"), on.get("joins"), on.get("graph")];
    if (boxes && box) list.push((context, view) => paintBoxes(context, view, boxes, NOTHING, box));
    if (joins && join) list.push((context, view) => paintJunctions(context, view, joins.junctions, join));
    if (graph && line)
      list.push((context, view) => paintGraph(context, view, graph, { selected: NOTHING, opacity: line }));
    return list;
  }, [boxes, joins, graph, on]);
  useEffect(() => setChosen(undefined), [run.uid]);

  if (!tiles)
    return (
      <div class="sheet-frame">
        <div class="sheet-view empty">
          <p class="dim">
            {run.artifacts["sheet.png"]
              ? "The sheet is coming …"
              : run.final
                ? "There is no sheet: it never was read as a drawing."
                : "No sheet yet."}
          </p>
        </div>
      </div>
    );
  return (
    <Viewer
      uid={run.uid}
      tiles={tiles}
      layers={on}
      painters={painters}
      label="the sheet; plus and minus zoom, arrows move, 0 shows the whole"
    >
      <LayerPanel layers={layers} on={on} onChange={setChosen} />
    </Viewer>
  );
}
