import type { Graph } from "#shared/messages";

/**
 * The corner of the sheet, as the legend's top-left, where a legend hides the least of the result.
 *
 * @param width of the legend in sheet pixels
 * @param marginPx kept to the edge of the sheet
 */
export function chooseCorner(
  graph: Graph,
  width: number,
  height: number,
  marginPx: number,
): [number, number] {
  const left = marginPx;
  const top = marginPx;
  const right = Math.max(left, graph.sheet.widthPx - width - marginPx);
  const bottom = Math.max(top, graph.sheet.heightPx - height - marginPx);
  const corners: [number, number][] = [
    [left, bottom],
    [left, top],
    [right, top],
    [right, bottom],
  ];
  const hidden = corners.map(() => 0);
  const count = (x: number, y: number, weight: number) => {
    corners.forEach(([cx, cy], i) => {
      if (x >= cx && x <= cx + width && y >= cy && y <= cy + height) hidden[i]! += weight;
    });
  };
  for (const node of graph.nodes) count(node.center[0], node.center[1], 5);
  for (const edge of graph.edges) for (const [x, y] of edge.points) count(x, y, 1);
  return corners[hidden.indexOf(Math.min(...hidden))]!;
}
