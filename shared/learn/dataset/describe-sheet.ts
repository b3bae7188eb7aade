import { boxFeatures } from "../features/box-features.ts";
import { cellFeatures, cellGrid } from "../features/cell-features.ts";
import { contextFeatures } from "../features/context-features.ts";
import { edgeFeatures } from "../features/edge-features.ts";
import { junctionFeatures } from "../features/junction-features.ts";
import { viewSheet } from "../features/sheet-view.ts";
import { junctionPatch, symbolPatch } from "../features/symbol-patch.ts";
import { compareBoxes, named, wasCorrected } from "./compare-boxes.ts";
import { compareEdges } from "./compare-edges.ts";
import { junctionTruths } from "./compare-junctions.ts";
import { changedPlaces } from "./compare-masks.ts";
import type { Evidence } from "./evidence.ts";
import type { BoxExample, EdgeExample, JunctionExample, SheetRecord } from "./types.ts";

/** How far apart, in line widths, a place and its correction may lie. */
const REACH_WIDTHS = 4;

/** Makes everything the trainers learn from of one validated diagram. A pure function of the evidence. */
export function describeSheet(evidence: Evidence): SheetRecord {
  const { uid, at, detections, annotations, graph, validatedGraph, junctions, lineWidthPx } = evidence;
  const sheet = viewSheet(evidence.sheet);
  const reachPx = Math.max(6, REACH_WIDTHS * lineWidthPx);
  const claims = named(detections);
  const boxesKnown = evidence.validated.includes("annotation");
  const graphKnown = evidence.validated.includes("graph");

  const compared = boxesKnown ? compareBoxes(detections, annotations) : [];
  const classes = new Set(detections.categories.map(({ name }) => name));
  const features = boxFeatures(claims, sheet);
  const context = contextFeatures(
    compared.map(({ bbox }) => bbox),
    named(annotations),
    sheet,
    graph,
  );
  const boxes = compared.map(
    (box, i): BoxExample => ({
      ...box,
      known: box.truth === null || classes.has(box.truth),
      // The claims come first and in their order; an added box has nothing a claim could be judged by.
      features: features[i] ?? new Float32Array(0),
      context: context[i]!,
      patch: symbolPatch(evidence.sheet, box.bbox),
    }),
  );

  const measured = graphKnown
    ? junctionFeatures(
        junctions,
        named(annotations).map(({ bbox }) => bbox),
        lineWidthPx,
      )
    : [];
  const truths = graphKnown ? junctionTruths(junctions, validatedGraph, reachPx) : [];
  const places = measured.map((vector, i): JunctionExample => {
    const { at: place, arms, kind, score } = junctions[i]!;
    const patch = junctionPatch(evidence.sheet, place, lineWidthPx);
    return { at: place, arms: arms.length, claimed: kind, score, truth: truths[i]!, features: vector, patch };
  });

  const lines = graphKnown ? compareEdges(graph, validatedGraph, reachPx) : { right: [], missing: [] };
  const edges = graphKnown
    ? edgeFeatures(graph, lineWidthPx).map(
        (vector, i): EdgeExample => ({ features: vector, right: lines.right[i]! }),
      )
    : [];

  const grid = cellGrid(sheet);
  const boxWork = new Float64Array(grid.columns * grid.rows);
  const graphWork = new Float64Array(boxWork.length);
  for (const {
    bbox: [x, y, w, h],
    claimed,
    truth,
  } of compared)
    if (wasCorrected({ claimed, truth })) boxWork[grid.indexOf([x + w / 2, y + h / 2])]!++;
  // A place that is no junction at all shows in the edges around it.
  for (const { at: place, claimed, truth } of places)
    if (truth !== "none" && claimed !== truth) graphWork[grid.indexOf(place)]!++;
  graph.edges.forEach(({ points }, i) => {
    if (lines.right[i] === false) graphWork[grid.indexOf(points[points.length >> 1]!)]!++;
  });
  for (const place of lines.missing) graphWork[grid.indexOf(place)]!++;
  if (evidence.masks)
    for (const place of changedPlaces(evidence.masks.before, evidence.masks.after, 2 * lineWidthPx))
      graphWork[grid.indexOf(place)]!++;
  const seen = (withGraph: boolean) =>
    cellFeatures({ sheet, boxes: claims, ...(withGraph ? { junctions, graph } : {}) });
  const cells = [
    ...(boxesKnown
      ? seen(false).map((cell, i) => ({ ...cell, gate: "annotation" as const, corrections: boxWork[i]! }))
      : []),
    ...(graphKnown
      ? seen(true).map((cell, i) => ({ ...cell, gate: "graph" as const, corrections: graphWork[i]! }))
      : []),
  ].map(({ at: place, gate, features: vector, corrections }) => ({
    at: place,
    gate,
    features: vector,
    corrections,
  }));

  return {
    version: 1,
    uid,
    at,
    validated: [...evidence.validated],
    widthPx: evidence.sheet.width,
    heightPx: evidence.sheet.height,
    lineWidthPx,
    boxes,
    junctions: places,
    edges,
    cells,
  };
}
