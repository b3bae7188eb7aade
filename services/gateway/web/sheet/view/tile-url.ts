import type { LayerInfo } from "./tiles-info.ts";

/** Where a tile is. The digest lets browsers keep it for good. */
export const tileUrl = (uid: string, layer: LayerInfo, level: number, x: number, y: number): string =>
  `/api/diagrams/${encodeURIComponent(uid)}/tiles/${layer.name}/${level}/${x}_${y}.png?v=${encodeURIComponent(layer.digest)}`;
