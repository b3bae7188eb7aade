import type { Coco, Gate, Graph } from "#shared/messages";
import type { Junction, Mask, Raster } from "#shared/vision";

/** What the models said about a diagram, and what people made of it. */
export interface Evidence {
  uid: string;
  /** When it was validated, ms since epoch. */
  at: number;
  /** The gates a person approved: only what lies behind them is known to be true. */
  validated: readonly Gate[];
  /** `sheet.png`, grey. */
  sheet: Raster;
  /** `detections.json`, and `annotations.json` as accepted. */
  detections: Coco;
  annotations: Coco;
  /** `junctions.json` */
  junctions: readonly Junction[];
  lineWidthPx: number;
  /** `graph.json`, and `validated_graph.json`. */
  graph: Graph;
  validatedGraph: Graph;
  /** The pipe mask as segmented and as accepted, where a person corrected it. */
  masks?: { before: Mask; after: Mask };
}
