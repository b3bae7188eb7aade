import type { Box, Graph, Point } from "#shared/messages";
import type { Mask } from "#shared/vision";
import { isLineTag, isTag } from "./patterns.ts";
import type { ReadText } from "./read-texts.ts";

export interface TaggedGraph {
  nodes: Graph["nodes"];
  edges: Graph["edges"];
}

/** A tag stands no farther from its symbol than this many times the symbol's shorter side, and at least this many px. */
const REACH = 1.2;
const REACH_PX = 40;
/** A line number stands beside its line, px times the text's height. */
const BESIDE = 2.5;

/** Which regions of text could be the tag of a symbol or a line: far from all of them are notes, tables and titles. */
export function tagRegions(regions: readonly Box[], symbols: readonly Box[], skeleton: Mask): Box[] {
  return regions.filter(
    (region) =>
      symbols.some((symbol) => gap(symbol, region) <= reachOf(symbol)) ||
      hasInk(skeleton, region, BESIDE * Math.min(region[2], region[3])),
  );
}

/** Gives texts to symbols and lines; each text once, the nearest pairs first. */
export function attachTags(graph: TaggedGraph, texts: readonly ReadText[]): TaggedGraph {
  const nodeTags = new Map<string, string>();
  const edgeTags = new Map<string, string>();
  const pairs: { distance: number; text: number; node: string }[] = [];
  texts.forEach(({ bbox, text }, index) => {
    if (isLineTag(text)) return;
    const at: Point = [bbox[0] + bbox[2] / 2, bbox[1] + bbox[3] / 2];
    for (const node of graph.nodes) {
      if (!node.bbox) continue;
      const distance = gap(node.bbox, bbox);
      const inside = holds(node.bbox, at);
      if (!isTag(text.replace(/ /g, "")) && !(inside && /\d/.test(text))) continue;
      if (inside || distance <= reachOf(node.bbox))
        pairs.push({
          distance: inside ? -1 / (node.bbox[2] * node.bbox[3]) : distance,
          text: index,
          node: node.id,
        });
    }
  });
  pairs.sort((a, b) => a.distance - b.distance);
  const used = new Set<number>();
  for (const { text, node } of pairs) {
    if (used.has(text) || nodeTags.has(node)) continue;
    used.add(text);
    nodeTags.set(node, texts[text]!.text.replace(/ /g, ""));
  }
  texts.forEach(({ bbox, text }) => {
    if (!isLineTag(text)) return;
    const reach = BESIDE * Math.min(bbox[2], bbox[3]);
    let best: { id: string; distance: number } | undefined;
    for (const { id, points } of graph.edges) {
      const distance = distanceTo(points, [bbox[0] + bbox[2] / 2, bbox[1] + bbox[3] / 2]);
      if (distance <= reach && distance < (best?.distance ?? Infinity)) best = { id, distance };
    }
    if (best && !edgeTags.has(best.id)) edgeTags.set(best.id, text.replace(/ /g, ""));
  });
  const given = <T extends { id: string; tag?: string | undefined }>(
    item: T,
    tags: Map<string, string>,
  ): T => (item.tag === undefined && tags.has(item.id) ? { ...item, tag: tags.get(item.id)! } : item);
  return {
    nodes: graph.nodes.map((node) => given(node, nodeTags)),
    edges: graph.edges.map((edge) => given(edge, edgeTags)),
  };
}

const reachOf = ([, , w, h]: Box): number => Math.max(REACH_PX, REACH * Math.min(w, h));

/** Whether a mask holds anything in a box or within `reach` of it. */
function hasInk({ width, height, data }: Mask, [x, y, w, h]: Box, reach: number): boolean {
  const [left, right] = [Math.max(0, Math.floor(x - reach)), Math.min(width, Math.ceil(x + w + reach))];
  const bottom = Math.min(height, Math.ceil(y + h + reach));
  for (let row = Math.max(0, Math.floor(y - reach)); row < bottom; row++)
    if (data.subarray(row * width + left, row * width + right).includes(1)) return true;
  return false;
}

function holds([x, y, w, h]: Box, [px, py]: Point): boolean {
  return px >= x && py >= y && px <= x + w && py <= y + h;
}

/** Distance between two boxes, px; 0 where they overlap. */
function gap(a: Box, b: Box): number {
  const dx = Math.max(0, a[0] - b[0] - b[2], b[0] - a[0] - a[2]);
  const dy = Math.max(0, a[1] - b[1] - b[3], b[1] - a[1] - a[3]);
  return Math.hypot(dx, dy);
}

function distanceTo(points: readonly Point[], [x, y]: Point): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [bx, by]] = [points[i - 1]!, points[i]!];
    const [dx, dy] = [bx - ax, by - ay];
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    best = Math.min(best, Math.hypot(ax + t * dx - x, ay + t * dy - y));
  }
  return best;
}
