export { arrowDirection } from "./arrow-direction.ts";
export { buildGraph, type GraphOptions } from "./build-graph.ts";
export { dropUnattached } from "./drop-unattached.ts";
export { defaultRoleOf } from "./role-of.ts";
export type {
  GraphInput,
  SymbolBox,
  SymbolPort,
  SymbolRole,
  VisionCrossing,
  VisionEdge,
  VisionGraph,
  VisionLineStyle,
  VisionNode,
} from "./types.ts";
