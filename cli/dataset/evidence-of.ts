import { mapTruth, type SheetTruth, type SourceMap, trueAnnotations } from "#shared/evaluate";
import { type Evidence, readJunctionList } from "#shared/learn";
import { Coco, Graph } from "#shared/messages";
import { readGrey } from "#shared/raster";
import type { Truth } from "#shared/synth";

/**
 * A generated sheet as if a person had corrected everything: what the stages said, against the truth as it lies on the sheet
 * that ingest made.
 */
export async function evidenceOf(
  uid: string,
  truth: Truth,
  artifacts: Record<string, Uint8Array>,
): Promise<Evidence> {
  const json = (name: string): unknown => JSON.parse(new TextDecoder().decode(artifacts[name]));
  const { fromSource, widthPx, heightPx } = json("sheet.json") as {
    fromSource: SourceMap;
    widthPx: number;
    heightPx: number;
  };
  const mapped = mapTruth(sheetTruth(truth), fromSource, widthPx, heightPx);
  return {
    uid,
    at: 0,
    validated: ["annotation", "masks", "graph"],
    sheet: await readGrey(artifacts["sheet.png"]!),
    detections: Coco.parse(json("detections.json")),
    annotations: trueAnnotations(mapped),
    ...readJunctionList(json("junctions.json")),
    graph: Graph.parse(json("graph.json")),
    validatedGraph: mapped.graph!,
  };
}

function sheetTruth(truth: Truth): SheetTruth {
  const graph = Graph.parse(truth);
  return {
    name: truth.sheet.uid,
    image: "",
    widthPx: truth.sheet.widthPx,
    heightPx: truth.sheet.heightPx,
    symbols: [...truth.nodes, ...truth.arrows].flatMap(({ bbox, class: name }) =>
      bbox && name ? [{ bbox, class: name }] : [],
    ),
    classed: true,
    graph,
    detailed: true,
    lineWidthPx: truth.lineWidthPx,
  };
}
