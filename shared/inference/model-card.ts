/** What a model says about itself, in its metadata or a sidecar. */
export interface ModelCard {
  /** Class names by index; empty when it names none. */
  names: string[];
  /** Side of a square input, px, when named. */
  inputPx?: number;
  /** Side in sheet pixels of the piece of sheet an input shows, when named. */
  slicePx?: number;
  /** Sides of its input must be multiples of this, px, when named. */
  multiplePx?: number;
  /** Score from which its claims are worth keeping, found on held-out data, when named. */
  threshold?: number;
  /** What a step of 1 in a segmenter's output of bytes is, in logits, when named. */
  logitStep?: number;
  /** A detector that suppresses double claims itself: its six columns are x1 y1 x2 y2 score class. */
  endToEnd?: boolean;
}

/**
 * Reads `names`, `imgsz`, `slice_px`, `multiple_of`, `score_threshold` and `logit_step` (and `end2end`, `nms`) as Ultralytics exports write them (Python literals) or as JSON does.
 * @example modelCard({ names: "{0: 'pump', 1: 'gate valve'}", imgsz: "[640, 640]" })
 */
export function modelCard(metadata: Record<string, string>): ModelCard {
  const card: ModelCard = { names: parseNames(metadata.names ?? "") };
  const side = Number(metadata.imgsz?.match(/\d+/)?.[0]);
  if (side > 0) card.inputPx = side;
  const slice = Number(metadata.slice_px);
  if (slice > 0) card.slicePx = slice;
  const multiple = Number(metadata.multiple_of);
  if (Number.isInteger(multiple) && multiple > 0) card.multiplePx = multiple;
  const threshold = Number(metadata.score_threshold);
  if (threshold > 0 && threshold < 1) card.threshold = threshold;
  const step = Number(metadata.logit_step);
  if (step > 0) card.logitStep = step;
  // Ultralytics writes `end2end`, and the arguments of the export as one literal.
  if (/^true$/i.test(metadata.end2end ?? "") || /['"]nms['"]: *true/i.test(metadata.args ?? ""))
    card.endToEnd = true;
  return card;
}

/** A dict or list of strings, Python or JSON. Entries without an index count up. */
export function parseNames(literal: string): string[] {
  const names: string[] = [];
  const entry = /(?:["']?(\d+)["']?\s*:\s*)?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g;
  for (const [, index, quoted] of literal.matchAll(entry))
    names[index === undefined ? names.length : Number(index)] = quoted!.slice(1, -1).replace(/\\(.)/g, "$1");
  return Array.from(names, (name, i) => name ?? `class_${i}`);
}
