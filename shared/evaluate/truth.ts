import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { PermanentError } from "#shared/errors";
import type { Box, Coco, Graph, GraphNode, Point } from "#shared/messages";
import { Graph as GraphSchema } from "#shared/messages";
import { superclassOfDexpi } from "./dexpi-superclass.ts";

export interface TrueSymbol {
  bbox: Box;
  /** Absent where the truth has no public class names. */
  class?: string;
  /** Where only the superclass can be compared: another system's classes. */
  superclass?: string;
}

/** What is known to be on a sheet. Parts a source does not have are absent, and what needs them is not scored. */
export interface SheetTruth {
  name: string;
  /** The sheet's image file. */
  image: string;
  widthPx: number;
  heightPx: number;
  symbols: TrueSymbol[];
  /** Whether `symbols` carry our class names. */
  classed: boolean;
  /** Whether flow arrows are among `symbols`; a truth that never lists them cannot judge ours. @default true */
  listsArrows?: boolean;
  graph?: Graph;
  /** Whether tees, crossings, style and direction of `graph` are known, or only nodes and edges. */
  detailed: boolean;
  junctions?: { at: Point; kind: "tee" | "cross" | "plain" | "bridge" | "bend" }[];
  /** File with the true pipe mask. */
  pipeMask?: string;
  /** Centre lines of pipes. */
  lines?: Point[][];
  lineWidthPx: number;
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Reads a generated sheet's `NAME.truth.json` (version 1). */
async function generated(folder: string, name: string, raw: Record<string, unknown>): Promise<SheetTruth> {
  const graph = GraphSchema.parse(raw);
  const arrows = (raw.arrows ?? []) as { class: string; bbox: Box }[];
  return {
    name,
    image: join(folder, `${name}.png`),
    widthPx: graph.sheet.widthPx,
    heightPx: graph.sheet.heightPx,
    symbols: [
      ...graph.nodes
        .filter((node) => node.bbox && node.class)
        .map(({ bbox, class: c }) => ({ bbox: bbox!, class: c! })),
      ...arrows.map(({ bbox, class: c }) => ({ bbox, class: c })),
    ],
    classed: true,
    graph,
    detailed: true,
    junctions: raw.junctions as NonNullable<SheetTruth["junctions"]>,
    pipeMask: join(folder, `${name}.pipe.png`),
    lineWidthPx: (raw.lineWidthPx as number) ?? 3,
  };
}

interface PlantNode {
  id: string;
  class: string;
  tag?: string | null;
  bbox: [number, number, number, number] | null;
  parent: string | null;
}

interface PlantTruth {
  width: number;
  height: number;
  nodes: PlantNode[];
  edges: { from: string; to: string; kind: string }[];
  lines: { kind: string; points: Point[] }[];
}

/** Reads truth exported from a DEXPI file: nozzles and chambers are contracted into what they belong to. */
function fromPlant(folder: string, name: string, raw: PlantTruth): SheetTruth {
  const byId = new Map(raw.nodes.map((node) => [node.id, node]));
  const owner = (id: string): PlantNode | undefined => {
    let node = byId.get(id);
    while (node?.parent && (/nozzle|chamber/i.test(node.class) || !node.bbox)) node = byId.get(node.parent);
    return node?.bbox ? node : undefined;
  };
  const kept = raw.nodes.filter((node) => owner(node.id) === node);
  const nodes: GraphNode[] = kept.map((node) => {
    const [x1, y1, x2, y2] = node.bbox!;
    const center: Point = [(x1 + x2) / 2, (y1 + y2) / 2];
    if (/tee$/i.test(node.class)) return { id: node.id, type: "tee", center };
    return { id: node.id, type: "symbol", class: node.class, bbox: [x1, y1, x2 - x1, y2 - y1], center };
  });
  const ids = new Set(nodes.map((node) => node.id));
  const edges = raw.edges.flatMap((edge, i) => {
    const [source, target] = [owner(edge.from)?.id, owner(edge.to)?.id];
    if (!source || !target || source === target || !ids.has(source) || !ids.has(target)) return [];
    const ends = [source, target].map((id) => nodes.find((node) => node.id === id)!.center);
    return [
      {
        id: `t${i}`,
        source,
        target,
        points: ends,
        line: edge.kind === "signal" ? ("signal" as const) : ("process" as const),
        style: "unknown" as const,
        direction: null,
        widthPx: 0,
      },
    ];
  });
  return {
    name,
    image: join(folder, `${name}.png`),
    widthPx: raw.width,
    heightPx: raw.height,
    symbols: nodes
      .filter((node) => node.bbox)
      .map((node) => {
        const superclass = superclassOfDexpi(node.class ?? "");
        return { bbox: node.bbox!, ...(superclass && { superclass }) };
      }),
    classed: false,
    listsArrows: false,
    graph: {
      version: 1,
      sheet: { uid: name, widthPx: raw.width, heightPx: raw.height },
      nodes,
      edges,
      crossings: [],
    },
    detailed: false,
    lines: raw.lines.map((line) => line.points),
    lineWidthPx: 6,
  };
}

/** Reads YOLO boxes (`class xc yc w h`, normalised) of an image whose size is known. */
function fromYolo(image: string, name: string, text: string, widthPx: number, heightPx: number): SheetTruth {
  const symbols = text
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((fields) => fields.length >= 5 && fields.every(Number.isFinite))
    .map(
      ([, xc = 0, yc = 0, w = 0, h = 0]): TrueSymbol => ({
        bbox: [(xc - w / 2) * widthPx, (yc - h / 2) * heightPx, w * widthPx, h * heightPx],
      }),
    );
  return { name, image, widthPx, heightPx, symbols, classed: false, detailed: false, lineWidthPx: 3 };
}

/**
 * Every sheet with truth in a folder: `NAME.truth.json` (generated, or exported from DEXPI) or YOLO `NAME.txt` beside an
 * image.
 * @param sizeOf size of an image file, px
 * @throws PermanentError `NO_TRUTH` when there is none
 */
export async function loadTruths(
  folder: string,
  sizeOf: (image: string) => Promise<{ widthPx: number; heightPx: number }>,
): Promise<SheetTruth[]> {
  const truths: SheetTruth[] = [];
  for (const file of (await readdir(folder)).sort()) {
    if (file.endsWith(".truth.json")) {
      const name = file.slice(0, -".truth.json".length);
      const raw = JSON.parse(await readFile(join(folder, file), "utf8"));
      truths.push(raw.version === 1 ? await generated(folder, name, raw) : fromPlant(folder, name, raw));
    } else if (file.endsWith(".txt")) {
      const name = file.slice(0, -".txt".length);
      for (const extension of ["jpg", "png"]) {
        const image = join(folder, `${name}.${extension}`);
        if (!(await exists(image))) continue;
        const { widthPx, heightPx } = await sizeOf(image);
        truths.push(fromYolo(image, name, await readFile(join(folder, file), "utf8"), widthPx, heightPx));
        break;
      }
    }
  }
  if (truths.length === 0)
    throw new PermanentError("NO_TRUTH", `${folder} has no NAME.truth.json and no NAME.txt beside an image`);
  return truths;
}

/** The true boxes as `annotations.json`, for the oracle that takes the detector out of the sum. */
export function trueAnnotations(truth: SheetTruth): Coco {
  const names = [...new Set(truth.symbols.map((symbol) => symbol.class ?? "symbol"))].sort();
  return {
    images: [{ id: 1, file_name: "sheet.png", width: truth.widthPx, height: truth.heightPx }],
    categories: names.map((name, id) => ({ id, name })),
    annotations: truth.symbols.map((symbol, i) => ({
      id: i + 1,
      image_id: 1,
      category_id: names.indexOf(symbol.class ?? "symbol"),
      bbox: symbol.bbox,
      area: symbol.bbox[2] * symbol.bbox[3],
      iscrowd: 0 as const,
    })),
  };
}
