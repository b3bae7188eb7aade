import type { DeclaredStage } from "../../api/types.ts";

/** px; a node is as wide as the band leaves it, between the two. */
export const NODE = { minWidth: 134, maxWidth: 190, height: 78, gapX: 26, gapY: 16, bandGap: 34 };

export interface PlacedStage {
  stage: DeclaredStage;
  x: number;
  y: number;
}

export interface FlowLayout {
  stages: PlacedStage[];
  /** SVG paths, one for each pair of stages that a message joins. */
  edges: { from: string; to: string; path: string }[];
  nodeWidth: number;
  width: number;
  height: number;
}

/**
 * Places a pipeline's stages in columns by how far they are from its start, several bands below each other where the
 * width (px) does not do for one. Loops back (a retry, a split) are not drawn.
 */
export function layoutFlow(stages: readonly DeclaredStage[], width: number): FlowLayout {
  const edges = joins(stages);
  const depths = depthsOf(stages, edges);
  const perBand = Math.max(1, Math.floor((width + NODE.gapX) / (NODE.minWidth + NODE.gapX)));
  const used = Math.min(perBand, Math.max(1, ...[...depths.values()].map((depth) => depth + 1)));
  const nodeWidth = Math.min(NODE.maxWidth, Math.floor((width + NODE.gapX) / used) - NODE.gapX);
  const columns: DeclaredStage[][] = [];
  for (const stage of stages) {
    const depth = depths.get(stage.name) ?? 0;
    columns[depth] = [...(columns[depth] ?? []), stage];
  }
  const placed = new Map<string, PlacedStage & { band: number }>();
  let top = 0;
  for (let first = 0; first < columns.length; first += perBand) {
    const band = columns.slice(first, first + perBand);
    const most = Math.max(...band.map((column) => column.length));
    const step = NODE.height + NODE.gapY;
    for (const [column, members] of band.entries())
      for (const [row, stage] of members.entries())
        placed.set(stage.name, {
          stage,
          band: first / perBand,
          x: column * (nodeWidth + NODE.gapX),
          y: top + row * step + ((most - members.length) * step) / 2,
        });
    top += most * step - NODE.gapY + NODE.bandGap;
  }
  const all = [...placed.values()];
  return {
    stages: all,
    nodeWidth,
    width: Math.max(0, ...all.map(({ x }) => x + nodeWidth)),
    height: Math.max(0, top - NODE.bandGap),
    edges: edges.flatMap(([a, b]) => {
      const from = placed.get(a);
      const to = placed.get(b);
      if (!from || !to) return [];
      return [
        {
          from: a,
          to: b,
          path: from.band === to.band ? across(from, to, nodeWidth) : down(from, to, nodeWidth),
        },
      ];
    }),
  };
}

/** Pairs of stages of which the second takes what the first gives, in the order of the declaration. */
function joins(stages: readonly DeclaredStage[]): [string, string][] {
  return stages.flatMap((from, i) =>
    stages
      .slice(i + 1)
      .filter((to) => to.takes.some((type) => from.gives.includes(type)))
      .map((to): [string, string] => [from.name, to.name]),
  );
}

function depthsOf(stages: readonly DeclaredStage[], edges: [string, string][]): Map<string, number> {
  const depths = new Map<string, number>();
  for (const { name } of stages) {
    const before = edges.filter(([, to]) => to === name).map(([from]) => depths.get(from) ?? 0);
    depths.set(name, before.length === 0 ? 0 : Math.max(...before) + 1);
  }
  return depths;
}

function across(from: PlacedStage, to: PlacedStage, nodeWidth: number): string {
  const [x1, y1] = [from.x + nodeWidth, from.y + NODE.height / 2];
  const [x2, y2] = [to.x, to.y + NODE.height / 2];
  const middle = x1 + NODE.gapX / 2;
  return y1 === y2 ? `M${x1} ${y1}H${x2}` : `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

/** From the end of a band into the next: down, along the space between them, down. */
function down(from: PlacedStage, to: PlacedStage, nodeWidth: number): string {
  const [x1, y1] = [from.x + nodeWidth / 2, from.y + NODE.height];
  const [x2, y2] = [to.x + nodeWidth / 2, to.y];
  if (x1 === x2) return `M${x1} ${y1}V${y2}`;
  const middle = y2 - NODE.bandGap / 2;
  const r = Math.min(8, Math.abs(x1 - x2) / 2) * Math.sign(x2 - x1);
  const h = Math.abs(r);
  return `M${x1} ${y1}V${middle - h}Q${x1} ${middle} ${x1 + r} ${middle}H${x2 - r}Q${x2} ${middle} ${x2} ${middle + h}V${y2}`;
}
