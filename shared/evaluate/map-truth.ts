import type { Box, Point } from "#shared/messages";
import type { Mask } from "#shared/vision";
import type { SheetTruth } from "./truth.ts";

/** x' = a·x + b·y + c, y' = d·x + e·y + f: what ingest did to the source (`fromSource` of `sheet.json`). */
export type SourceMap = readonly [number, number, number, number, number, number];

/**
 * Truth measured on the source, as it lies on a sheet that ingest straightened or turned. Boxes keep their size, by a quarter turn
 * with the sides changed about: a turn of a few degrees moves a symbol, and hardly widens it.
 */
export function mapTruth(truth: SheetTruth, map: SourceMap, widthPx: number, heightPx: number): SheetTruth {
  const [a, b, c, d, e, f] = map;
  if (a === 1 && b === 0 && c === 0 && d === 0 && e === 1 && f === 0) return truth;
  const at = ([x, y]: Point): Point => [a * x + b * y + c, d * x + e * y + f];
  const isSideways = Math.abs(b) > Math.abs(a);
  const box = ([x, y, w, h]: Box): Box => {
    const [cx, cy] = at([x + w / 2, y + h / 2]);
    const [width, height] = isSideways ? [h, w] : [w, h];
    return [cx - width / 2, cy - height / 2, width, height];
  };
  return {
    ...truth,
    widthPx,
    heightPx,
    symbols: truth.symbols.map((symbol) => ({ ...symbol, bbox: box(symbol.bbox) })),
    ...(truth.junctions && { junctions: truth.junctions.map((place) => ({ ...place, at: at(place.at) })) }),
    ...(truth.lines && { lines: truth.lines.map((line) => line.map(at)) }),
    ...(truth.graph && {
      graph: {
        ...truth.graph,
        sheet: { ...truth.graph.sheet, widthPx, heightPx },
        nodes: truth.graph.nodes.map((node) => ({
          ...node,
          center: at(node.center),
          ...(node.bbox && { bbox: box(node.bbox) }),
        })),
        edges: truth.graph.edges.map((edge) => ({ ...edge, points: edge.points.map(at) })),
        crossings: truth.graph.crossings.map((crossing) => ({ ...crossing, at: at(crossing.at) })),
      },
    }),
  };
}

/** A mask of the source as it lies on the sheet: every pixel takes its nearest one. */
export function mapMask(mask: Mask, map: SourceMap, width: number, height: number): Mask {
  const [a, b, c, d, e, f] = map;
  const determinant = a * e - b * d;
  const data = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const [u, v] = [x + 0.5 - c, y + 0.5 - f];
      const column = Math.floor((e * u - b * v) / determinant);
      const row = Math.floor((a * v - d * u) / determinant);
      if (column >= 0 && row >= 0 && column < mask.width && row < mask.height)
        data[i] = mask.data[row * mask.width + column]!;
    }
  return { width, height, data };
}
