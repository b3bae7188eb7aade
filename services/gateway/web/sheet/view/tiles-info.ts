/** A picture there are tiles of. */
export interface LayerInfo {
  name: string;
  artifact: string;
  digest: string;
  /** `#rrggbb` of a mask. */
  colour: string | null;
}

/** What `GET /api/diagrams/:uid/tiles` answers. */
export interface TilesInfo {
  widthPx: number;
  heightPx: number;
  tilePx: number;
  minLevel: number;
  maxLevel: number;
  layers: LayerInfo[];
}
