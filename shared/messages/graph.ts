import { z } from "zod";
import { Quality } from "./quality.ts";

/** A point in sheet pixels, origin top-left. */
export const Point = z.tuple([z.number(), z.number()]);
export type Point = z.infer<typeof Point>;

/** A box in sheet pixels: x, y of the top-left corner, width, height. */
export const Box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type Box = z.infer<typeof Box>;

export const NodeType = z.enum(["symbol", "tee", "cross", "endpoint", "offpage"]);
export type NodeType = z.infer<typeof NodeType>;

export const LineKind = z.enum(["process", "signal", "pneumatic", "hydraulic", "utility", "unknown"]);
export type LineKind = z.infer<typeof LineKind>;

export const LineStyle = z.enum(["solid", "dashed", "dotted", "double-slash", "x-marked", "unknown"]);
export type LineStyle = z.infer<typeof LineStyle>;

export const GraphNode = z.object({
  id: z.string().min(1).max(200),
  type: NodeType,
  class: z.string().max(200).optional(),
  score: z.number().min(0).max(1).optional(),
  bbox: Box.optional(),
  center: Point,
  tag: z.string().max(500).optional(),
});
export type GraphNode = z.infer<typeof GraphNode>;

export const GraphEdge = z.object({
  id: z.string().min(1).max(200),
  source: z.string().min(1).max(200),
  target: z.string().min(1).max(200),
  points: z.array(Point).min(2),
  line: LineKind,
  style: LineStyle,
  direction: z.enum(["forward", "backward"]).nullable(),
  widthPx: z.number().nonnegative(),
  sourcePort: z.string().max(100).optional(),
  targetPort: z.string().max(100).optional(),
  tag: z.string().max(500).optional(),
});
export type GraphEdge = z.infer<typeof GraphEdge>;

export const GraphCrossing = z.object({
  at: Point,
  kind: z.enum(["bridge", "plain"]),
  edges: z.tuple([z.string(), z.string()]),
});
export type GraphCrossing = z.infer<typeof GraphCrossing>;

/** `graph.json` version 1: the topology of one sheet. Pixels of `sheet.png`, origin top-left. */
export const Graph = z
  .object({
    version: z.literal(1),
    sheet: z.object({ uid: z.string(), widthPx: z.number().positive(), heightPx: z.number().positive() }),
    nodes: z.array(GraphNode).max(200_000),
    edges: z.array(GraphEdge).max(200_000),
    crossings: z.array(GraphCrossing).max(200_000).default([]),
    /** What a reader should know: that tags are off, for one. */
    notes: z.array(z.string().max(300)).max(20).optional(),
    /** How far it can be trusted, and what speaks against it. */
    quality: Quality.optional(),
  })
  .superRefine((graph, ctx) => {
    const nodeIds = new Set<string>();
    for (const node of graph.nodes) {
      if (nodeIds.has(node.id))
        ctx.addIssue({ code: "custom", message: `node id "${node.id}" is used twice` });
      nodeIds.add(node.id);
    }
    const edgeIds = new Set<string>();
    for (const edge of graph.edges) {
      if (edgeIds.has(edge.id))
        ctx.addIssue({ code: "custom", message: `edge id "${edge.id}" is used twice` });
      edgeIds.add(edge.id);
      for (const end of [edge.source, edge.target])
        if (!nodeIds.has(end))
          ctx.addIssue({
            code: "custom",
            message: `edge "${edge.id}" names node "${end}", which does not exist`,
          });
    }
    for (const crossing of graph.crossings)
      for (const edge of crossing.edges)
        if (!edgeIds.has(edge))
          ctx.addIssue({ code: "custom", message: `a crossing names edge "${edge}", which does not exist` });
  });
export type Graph = z.infer<typeof Graph>;
