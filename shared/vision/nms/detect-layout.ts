/** How a detector lays out its output; see `detectLayout`. */
export type DetectorLayout = "yolov5" | "yolov8" | "yolov8-transposed" | "end-to-end";

/** End-to-end exports return a fixed, short list; anchors of the older layout number in the thousands. */
const END_TO_END_LIMIT = 1000;

/**
 * Tells detector outputs apart by shape: `[B,N,6]` with a short N is end-to-end (x1 y1 x2 y2 score class), `[B,4+C,N]`
 * YOLOv8/11, `[B,N,5+C]` YOLOv5 (with objectness). Knowing the number of classes settles the cases shape alone leaves
 * open, and an export that calls itself end-to-end in its metadata is believed, however long its list.
 */
export function detectLayout(dims: readonly number[], classes?: number, endToEnd = false): DetectorLayout {
  const [, rows = 0, columns = 0] = dims;
  if (dims.length !== 3 || rows < 1 || columns < 1)
    throw new RangeError(`a detector's output has shape [batch, a, b]; this one has [${dims.join(", ")}]`);
  if (endToEnd && columns === 6) return "end-to-end";
  if (columns === 6 && rows <= END_TO_END_LIMIT && !(classes !== undefined && rows === 4 + classes))
    return "end-to-end";
  if (classes !== undefined) {
    if (rows === 4 + classes) return "yolov8";
    if (columns === 5 + classes) return "yolov5";
    if (columns === 4 + classes) return "yolov8-transposed";
    throw new RangeError(
      `a detector of ${classes} classes gives [B,${4 + classes},N], [B,N,${5 + classes}] or [B,N,6]; this one gives [${dims.join(", ")}]`,
    );
  }
  if (rows < columns && rows >= 5) return "yolov8";
  if (columns < rows && columns >= 6) return "yolov5";
  throw new RangeError(`output [${dims.join(", ")}] is no known detector layout`);
}
