import type { Box, Gate, Point } from "#shared/messages";
import type { FrozenFiles } from "../outside/frozen-files.ts";

/** Which part of a dataset a diagram belongs to, for ever. */
export type Split = "train" | "holdout";

/** A box a detector claimed, or a person added, and what it turned out to be. */
export interface BoxExample {
  bbox: Box;
  /** The detector's class; null where it saw nothing and a person added a box. */
  claimed: string | null;
  /** The detector's score, 0..1; null with `claimed`. */
  score: number | null;
  /** What people say it is; null: no symbol at all. */
  truth: string | null;
  /** Whether `truth` is a class the detector could have named. */
  known: boolean;
  /** As `itemFeatures` measures it. */
  features: Float32Array;
  /** As `contextFeatures` measures it: size, and neighbours in the graph. */
  context: Float32Array;
  /** Grey 0..255, `PATCH_SIDE` square, the box with a margin. */
  patch: Uint8Array;
}

/** A place on the lines and what people say meets there. */
export interface JunctionExample {
  at: Point;
  arms: number;
  /** What the classify stage said. */
  claimed: string;
  score: number;
  /** `none`: lines do not meet there at all. */
  truth: string;
  features: Float32Array;
  /** As the junction network sees it, grey 0..255. */
  patch: Uint8Array;
}

/** An edge of the graph as found, and whether people kept it. */
export interface EdgeExample {
  features: Float32Array;
  right: boolean;
}

/** A square of the sheet as it looked at a gate, and how much people had to correct in it. */
export interface CellExample {
  /** Left and top, sheet px. */
  at: Point;
  /** At `annotation` boxes were corrected; at `graph` masks, junctions and edges. */
  gate: "annotation" | "graph";
  features: Float32Array;
  corrections: number;
}

/** Everything the trainers learn from one validated diagram. */
export interface SheetRecord {
  version: 1;
  uid: string;
  /** When it was validated, ms since epoch. */
  at: number;
  /** The gates a person approved. */
  validated: Gate[];
  widthPx: number;
  heightPx: number;
  lineWidthPx: number;
  /** Empty where nobody approved the annotations. */
  boxes: BoxExample[];
  /** These three are empty where nobody approved the graph. */
  junctions: JunctionExample[];
  edges: EdgeExample[];
  cells: CellExample[];
}

/** One diagram of a dataset version. */
export interface DatasetSheet {
  uid: string;
  split: Split;
  /** Key of the record in the store. */
  key: string;
  /** SHA-256 of the record's bytes, hex. */
  digest: string;
  size: number;
  counts: DatasetCounts;
  /**
   * The diagram's artifacts as they were, by digest, for external trainers: no copies, so they go when the diagram is
   * removed. Absent in versions of generated sheets.
   */
  files?: FrozenFiles;
}

/** How many examples of each kind there are, and how many of them a person had to correct. */
export interface DatasetCounts {
  boxes: number;
  correctedBoxes: number;
  junctions: number;
  correctedJunctions: number;
  edges: number;
  correctedEdges: number;
}

/** An immutable version of everything there is to learn from. */
export interface DatasetVersion {
  version: 1;
  /** `d-<yyyymmdd-hhmmss>-<digest>`, sorts by time. */
  name: string;
  createdAt: number;
  by: string;
  source: "validated" | "generated";
  /** SHA-256 over the digests of its sheets and their files, hex: same content, same digest. */
  digest: string;
  sheets: DatasetSheet[];
  totals: Record<Split, DatasetCounts & { sheets: number }>;
}

/** One part of a dataset, read sheet by sheet. */
export interface Dataset {
  name: string;
  digest: string;
  sheets: number;
  /** In the order of the version; may be walked again and again. */
  records(): AsyncIterable<SheetRecord>;
}
