export { classifyGeometric } from "./classify-geometric.ts";
export { cropPatch } from "./crop-patch.ts";
export { drawJunctionMasks } from "./draw-junction-masks.ts";
export { type FindOptions, findJunctions } from "./find-junctions.ts";
export { pairArms } from "./pair-arms.ts";
export { type ResolveOptions, resolveJunctions } from "./resolve-junctions.ts";
export type { Junction, JunctionCandidate, JunctionKind } from "./types.ts";
