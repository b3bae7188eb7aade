import { arrowSymbol, markSize } from "./draw-layers.ts";
import { edgePieces, jumpsByEdge, walkPieces } from "./edge-path.ts";
import { inkBox } from "./placed.ts";
import { textInk } from "./text-box.ts";
import { apply, type Skew } from "./transform.ts";
import { lineStyles, type Plan, type PlanEdge } from "./types.ts";

/** Index of text, symbols and frames in the style mask; line styles are 1 to 5. */
export const TEXT_INK = 6;
export const SYMBOL_INK = 7;
export const FRAME_INK = 8;
const HALF = 128;

/** Masks of a sheet, one byte per pixel. */
export interface Masks {
  /** 0 or 255. */
  pipe: Uint8Array;
  /** 0 to 8. */
  style: Uint8Array;
  /** 0 or 255, one pixel wide, dashes and gaps bridged. */
  skeleton: Uint8Array;
  /** Line colour index plus one near each line; only when the sheet has several colours. */
  tones?: Uint8Array;
}

/** Sorts ink by what it belongs to, from the drawn layers and the same geometry. */
export function makeMasks(plan: Plan, skew: Skew, layers: Uint8Array): Masks {
  const { widthPx: w, heightPx: h } = plan;
  const style = new Uint8Array(w * h);
  const words = new Uint32Array(layers.buffer, layers.byteOffset, w * h);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === 0xff000000) continue;
    const [red, green, blue] = [word & 255, (word >> 8) & 255, (word >> 16) & 255];
    if (blue >= HALF) style[i] = green < HALF ? SYMBOL_INK : red < HALF ? FRAME_INK : 1;
    else if (red >= HALF) style[i] = 1;
    else if (green >= HALF) style[i] = TEXT_INK;
  }
  const skeleton = new Uint8Array(w * h);
  const tones = plan.drafting.lineColours > 1 ? new Uint8Array(w * h) : undefined;
  paintEdges(plan, skew, style, skeleton, tones);
  const inBox = (box: readonly number[], change: (i: number) => void) => {
    const [x0, y0, x1, y1] = skewedBox(skew, box);
    for (let y = Math.max(0, Math.floor(y0)); y <= Math.min(h - 1, y1); y++)
      for (let x = Math.max(0, Math.floor(x0)); x <= Math.min(w - 1, x1); x++) change(y * w + x);
  };
  for (const edge of plan.edges) {
    if (!edge.arrow) continue;
    // The line goes on under its arrow head, so that a mask stays one piece.
    const index = lineStyles.indexOf(edge.style) + 1;
    inBox(inkBox(arrowSymbol(plan, edge.arrow.turns), edge.arrow.at), (i) => {
      if (layers[i * 4]! >= HALF && style[i] === SYMBOL_INK) style[i] = index;
    });
  }
  for (const { at } of plan.ticks) {
    const m = plan.drafting.processWidth;
    inBox([at[0] - m, at[1] - m, at[0] + m, at[1] + m], (i) => {
      if (layers[i * 4]! >= HALF && style[i] === SYMBOL_INK) style[i] = 1;
    });
  }
  for (const text of plan.texts) {
    const box = text.of ? textInk(plan.drafting, text) : undefined;
    if (box)
      inBox(box, (i) => {
        if (style[i] === FRAME_INK) style[i] = TEXT_INK;
      });
  }
  const pipe = new Uint8Array(w * h);
  for (let i = 0; i < style.length; i++) if (style[i]! >= 1 && style[i]! <= 5) pipe[i] = 255;
  return { pipe, style, skeleton, tones };
}

function paintEdges(
  plan: Plan,
  skew: Skew,
  style: Uint8Array,
  skeleton: Uint8Array,
  tones: Uint8Array | undefined,
): void {
  const { widthPx: w, heightPx: h, drafting } = plan;
  const jumps = jumpsByEdge(plan.crossings);
  const touched = besideSignals(plan);
  // Process lines last: where a signal crosses, the pixel is the pipe's.
  const order = [...plan.edges].sort((a, b) => rank(a) - rank(b));
  for (const edge of order) {
    const index = lineStyles.indexOf(edge.style) + 1;
    const marked = edge.style === "double-slash" || edge.style === "x-marked";
    const half = (marked ? markSize(drafting.cell) : edge.widthPx / 2) + 1.5;
    const pieces = edgePieces(edge, jumps.get(edge) ?? [], drafting.jumpRadius);
    const reach = index > 1 ? half : edge.widthPx / 2;
    walkPieces(pieces, 0.7, true, (x, y, nx, ny) => {
      const [u, v] = [x - skew.cx, y - skew.cy];
      const cx = skew.cx + u * skew.cos - v * skew.sin;
      const cy = skew.cy + u * skew.sin + v * skew.cos;
      const at = Math.floor(cy) * w + Math.floor(cx);
      if (cx >= 0 && cy >= 0 && cx < w && cy < h) skeleton[at] = 255;
      if (index === 1 && !tones && !touched.has(edge)) return;
      for (let d = -half; d <= half; d += 0.7) {
        const px = cx + d * (nx * skew.cos - ny * skew.sin);
        const py = cy + d * (nx * skew.sin + ny * skew.cos);
        const i = Math.floor(py) * w + Math.floor(px);
        if (Math.abs(d) <= reach && style[i]! >= 1 && style[i]! <= 5) style[i] = index;
        if (tones) tones[i] = edge.colour + 1;
      }
    });
  }
}

/** Solid edges that a signal crosses or joins: only their pixels may have been taken. */
function besideSignals(plan: Plan): Set<PlanEdge> {
  const isSignal = (e: PlanEdge) => e.style !== "solid";
  const nodes = new Set(plan.edges.filter(isSignal).flatMap((e) => [e.from.node, e.to.node]));
  const out = new Set(plan.edges.filter((e) => nodes.has(e.from.node) || nodes.has(e.to.node)));
  for (const c of plan.crossings) if (c.edges.some(isSignal)) for (const e of c.edges) out.add(e);
  return out;
}

const rank = (e: PlanEdge) => (e.style === "solid" ? 1 : 0);

/** Upright box around a box that was skewed. */
export function skewedBox(skew: Skew, [x0, y0, x1, y1]: readonly number[]): [number, number, number, number] {
  const c = [
    apply(skew, [x0!, y0!]),
    apply(skew, [x1!, y0!]),
    apply(skew, [x0!, y1!]),
    apply(skew, [x1!, y1!]),
  ];
  const xs = c.map((p) => p[0]);
  const ys = c.map((p) => p[1]);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
