/** What a model says about itself, in its metadata or a sidecar. */
export interface ModelCard {
  /** Class names by index; empty when it names none. */
  names: string[];
  /** Side of a square input, px, when named. */
  inputPx?: number;
  /** Side in sheet pixels of the piece of sheet an input shows, when named. */
  slicePx?: number;
  /** Score from which its claims are worth keeping, found on held-out data, when named. */
  threshold?: number;
}

/**
 * Reads `names`, `imgsz`, `slice_px` and `score_threshold` as Ultralytics exports write them (Python literals) or as JSON does.
 * @example modelCard({ names: "{0: 'pump', 1: 'gate valve'}", imgsz: "[640, 640]" })
 */
export function modelCard(metadata: Record<string, string>): ModelCard {
  const card: ModelCard = { names: parseNames(metadata.names ?? "") };
  const side = Number(metadata.imgsz?.match(/\d+/)?.[0]);
  if (side > 0) card.inputPx = side;
  const slice = Number(metadata.slice_px);
  if (slice > 0) card.slicePx = slice;
  const threshold = Number(metadata.score_threshold);
  if (threshold > 0 && threshold < 1) card.threshold = threshold;
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
