import type { Graph } from "#shared/messages";
import { superclassOf } from "#shared/symbols";
import type { Box } from "#shared/vision";
import { FAMILIES } from "./item-layout.ts";
import { rimInk } from "./rim-ink.ts";
import type { SheetView } from "./sheet-view.ts";

/** A symbol on the sheet, claimed or accepted. */
export interface PlacedBox {
  bbox: Box;
  class: string | null;
}

/** What is known about a symbol beside its looks, in order: its size, the ink that leads in, and its neighbours. */
export const CONTEXT_FEATURES = [
  "widthLog",
  "heightLog",
  "aspectLog",
  ...["N", "E", "S", "W"].map((side) => `ink${side}`),
  ...FAMILIES.map((family) => `near-${family}`),
  "graphKnown",
  "edges",
  "solidEdges",
  "signalEdges",
  "arrows",
  ...["N", "E", "S", "W"].map((side) => `port${side}`),
  ...FAMILIES.map((family) => `joined-${family}`),
  "joined-junction",
  "joined-open",
] as const;

const place = new Map<string, number>(CONTEXT_FEATURES.map((name, i) => [name, i]));
/** Boxes within this many line widths are near. */
const NEAR_WIDTHS = 40;

/** Measures the surroundings of each box; `others` are all boxes of the sheet, the graph may be missing. */
export function contextFeatures(
  boxes: readonly Box[],
  others: readonly PlacedBox[],
  sheet: SheetView,
  graph?: Graph,
): Float32Array[] {
  const { ink, unitPx } = sheet;
  const nodes = new Map(graph?.nodes.map((node) => [node.id, node]));
  return boxes.map((bbox) => {
    const vector = new Float32Array(CONTEXT_FEATURES.length);
    const add = (name: string, value: number) => {
      vector[place.get(name)!]! += value;
    };
    const [x, y, w, h] = bbox;
    const centre = [x + w / 2, y + h / 2] as const;
    add("widthLog", Math.log1p(w / unitPx));
    add("heightLog", Math.log1p(h / unitPx));
    add("aspectLog", Math.log((w + 1) / (h + 1)));
    rimInk(ink, bbox, unitPx).runs.forEach((runs, side) => {
      add(`ink${"NESW"[side]}`, Math.min(4, runs));
    });
    for (const other of others) {
      if (other.bbox === bbox || sameBox(other.bbox, bbox)) continue;
      const [ox, oy, ow, oh] = other.bbox;
      if (Math.hypot(ox + ow / 2 - centre[0], oy + oh / 2 - centre[1]) < NEAR_WIDTHS * unitPx)
        add(`near-${superclassOf(other.class ?? "") ?? "other"}`, 1);
    }
    if (!graph) return vector;
    add("graphKnown", 1);
    for (const edge of graph.edges)
      for (const [own, far, tip, port] of [
        [edge.source, edge.target, edge.points[0]!, edge.sourcePort],
        [edge.target, edge.source, edge.points.at(-1)!, edge.targetPort],
      ] as const) {
        const node = nodes.get(own)!;
        const touches = node.bbox
          ? sameBox(node.bbox, bbox)
          : node.type === "endpoint" && distanceTo(bbox, tip) < 3 * unitPx;
        if (!touches) continue;
        add("edges", 1);
        add(edge.style === "solid" ? "solidEdges" : "signalEdges", 1);
        if (edge.direction) add("arrows", 1);
        add(`port${port && "NESW".includes(port) ? port : sideOf(bbox, tip)}`, 1);
        const neighbour = nodes.get(far)!;
        if (neighbour.class) add(`joined-${superclassOf(neighbour.class) ?? "other"}`, 1);
        else add(neighbour.type === "endpoint" ? "joined-open" : "joined-junction", 1);
      }
    return vector;
  });
}

/** Boxes are rounded on their way through files: less than a pixel apart is the same. */
const sameBox = (a: Box, b: Box) => a.every((value, i) => Math.abs(value - b[i]!) < 1);

function distanceTo([x, y, w, h]: Box, [px, py]: readonly [number, number]): number {
  return Math.hypot(Math.max(x - px, 0, px - x - w), Math.max(y - py, 0, py - y - h));
}

/** Which side of a box a point lies at. */
function sideOf([x, y, w, h]: Box, [px, py]: readonly [number, number]): string {
  const [dx, dy] = [(px - x - w / 2) / (w || 1), (py - y - h / 2) / (h || 1)];
  if (Math.abs(dx) > Math.abs(dy)) return dx > 0 ? "E" : "W";
  return dy > 0 ? "S" : "N";
}
