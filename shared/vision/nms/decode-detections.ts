import { bestClasses } from "../tiling/best-classes.ts";
import { detectLayout } from "./detect-layout.ts";
import type { Detection } from "./detection.ts";

export interface DecodeOptions {
  /** Claims below this score are dropped. @default 0.25 */
  confidence?: number;
  /** Number of classes the model names; settles ambiguous shapes. */
  classes?: number;
  /** The model says of itself that it suppresses double claims: `[B,N,6]` of any length. */
  endToEnd?: boolean;
  /** Input side, px; needed only for models that give coordinates as shares of it (0..1). */
  inputPx?: number;
}

/**
 * Decodes a detector's raw output into boxes in input pixels, one list per picture of the batch. The layout is told by
 * shape (see `detectLayout`); every anchor gives at most its best class.
 */
export function decodeDetections(
  data: Float32Array,
  dims: readonly number[],
  options: DecodeOptions = {},
): Detection[][] {
  const layout = detectLayout(dims, options.classes, options.endToEnd);
  const [batch = 0, rows = 0, columns = 0] = dims;
  if (data.length !== batch * rows * columns)
    throw new RangeError(
      `output [${dims.join(", ")}] needs ${batch * rows * columns} values, got ${data.length}`,
    );
  const confidence = options.confidence ?? 0.25;
  const lists: Detection[][] = [];
  for (let b = 0; b < batch; b++) {
    const plane = data.subarray(b * rows * columns, (b + 1) * rows * columns);
    const list =
      layout === "end-to-end"
        ? decodeEndToEnd(plane, rows, confidence)
        : decodeAnchors(plane, layout === "yolov8" ? columns : rows, layout === "yolov8" ? rows : columns, {
            channelsFirst: layout === "yolov8",
            objectness: layout === "yolov5",
            confidence,
          });
    lists.push(rescaleShares(list, options.inputPx));
  }
  return lists;
}

function decodeEndToEnd(plane: Float32Array, rows: number, confidence: number): Detection[] {
  const list: Detection[] = [];
  for (let i = 0; i < rows; i++) {
    const [x0, y0, x1, y1, score, classIndex] = plane.subarray(i * 6, i * 6 + 6) as unknown as number[];
    if (!(score! >= confidence)) continue;
    list.push({ bbox: [x0!, y0!, x1! - x0!, y1! - y0!], score: score!, classIndex: Math.round(classIndex!) });
  }
  return list;
}

function decodeAnchors(
  plane: Float32Array,
  anchors: number,
  fields: number,
  layout: { channelsFirst: boolean; objectness: boolean; confidence: number },
): Detection[] {
  const anchorStride = layout.channelsFirst ? 1 : fields;
  const fieldStride = layout.channelsFirst ? anchors : 1;
  const firstClass = layout.objectness ? 5 : 4;
  const list: Detection[] = [];
  const classes = fields - firstClass;
  // Class by class over all anchors, as the numbers lie: from anchor to anchor every look would miss the cache.
  const ranked = layout.channelsFirst && classes <= 256 ? rank(plane, anchors, firstClass, classes) : null;
  for (let a = 0; a < anchors; a++) {
    if (ranked && !(ranked.top[a]! >= layout.confidence)) continue;
    const base = a * anchorStride;
    const objectness = layout.objectness ? plane[base + 4 * fieldStride]! : 1;
    if (objectness < layout.confidence) continue;
    let best = firstClass + (ranked ? ranked.best[a]! : 0);
    for (let f = firstClass + 1; f < fields && !ranked; f++)
      if (plane[base + f * fieldStride]! > plane[base + best * fieldStride]!) best = f;
    const score = objectness * plane[base + best * fieldStride]!;
    if (!(score >= layout.confidence)) continue;
    const w = plane[base + 2 * fieldStride]!;
    const h = plane[base + 3 * fieldStride]!;
    list.push({
      bbox: [plane[base]! - w / 2, plane[base + fieldStride]! - h / 2, w, h],
      score,
      classIndex: best - firstClass,
    });
  }
  return list;
}

/** Every anchor's best class, from 0, and its score. */
function rank(plane: Float32Array, anchors: number, firstClass: number, classes: number) {
  const top = new Float32Array(anchors);
  const best = new Uint8Array(anchors);
  bestClasses(plane, firstClass * anchors, anchors, classes, anchors, top, best, 0);
  return { top, best };
}

/** Some exports give coordinates as shares of the input; no real box of pixels has all its sides below 2 px. */
function rescaleShares(list: Detection[], inputPx: number | undefined): Detection[] {
  if (inputPx === undefined || list.length === 0) return list;
  if (list.some(({ bbox }) => bbox[2] > 2 || bbox[3] > 2)) return list;
  for (const { bbox } of list) for (let i = 0; i < 4; i++) bbox[i]! *= inputPx;
  return list;
}
