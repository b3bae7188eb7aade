import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as OpenType from "opentype.js";
import { strokeAdvance, traceStrokes } from "./stroke-font.ts";

const require = createRequire(import.meta.url);
// The package names its ES module with a field node ignores, so its CommonJS form is the one that loads everywhere.
const { parse } = require("opentype.js") as typeof OpenType;

/** Outline of one glyph at one unit per em, y down, base line at 0. */
interface Glyph {
  d: { type: string; v: number[] }[];
  advance: number;
}

const fonts = new Map<number, { glyph: (char: string) => Glyph }>();

/** Outlines of Roboto Condensed in one weight, read once from the npm package. */
function loadFont(weight: number): { glyph: (char: string) => Glyph } {
  const known = fonts.get(weight);
  if (known) return known;
  const file = require.resolve(
    `@fontsource/roboto-condensed/files/roboto-condensed-latin-${weight}-normal.woff`,
  );
  const bytes = readFileSync(file);
  const font = parse(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  );
  const cache = new Map<string, Glyph>();
  const glyph = (char: string): Glyph => {
    let g = cache.get(char);
    if (!g) {
      const source = font.charToGlyph(char);
      const d = source.getPath(0, 0, 1).commands.map((c) => ({
        type: c.type,
        v:
          c.type === "Z"
            ? []
            : c.type === "C"
              ? [c.x1, c.y1, c.x2, c.y2, c.x, c.y]
              : c.type === "Q"
                ? [c.x1, c.y1, c.x, c.y]
                : [c.x, c.y],
      }));
      g = { d, advance: (source.advanceWidth ?? 0) / font.unitsPerEm };
      cache.set(char, g);
    }
    return g;
  };
  const made = { glyph };
  fonts.set(weight, made);
  return made;
}

/** Height of capitals in ems for this family. */
const CAPITAL = 0.711;

/** How text looks: capital height in px, weight, horizontal stretch; a pen draws single strokes instead of outlines. */
export interface TextLook {
  height: number;
  weight: number;
  stretch: number;
  /** Width of the pen in capital heights; 0 for the outlines of a font. */
  pen: number;
}

/** Width in px of a line of text. */
export function textWidth(text: string, look: TextLook): number {
  if (look.pen) {
    let wide = 0;
    for (const char of text) wide += strokeAdvance(char);
    return wide * look.height * look.stretch;
  }
  const { glyph } = loadFont(look.weight);
  let em = 0;
  for (const char of text) em += glyph(char).advance;
  return (em * look.height * look.stretch) / CAPITAL;
}

/** Draws text by its outlines, or by pen strokes to be stroked, not filled: `place` takes each outline point (px from the left end of the base line, y down) to the sheet. */
export function traceText(
  text: string,
  look: TextLook,
  place: (x: number, y: number) => readonly [number, number],
  out: {
    moveTo(x: number, y: number): void;
    lineTo(x: number, y: number): void;
    quadraticCurveTo(a: number, b: number, x: number, y: number): void;
    bezierCurveTo(a: number, b: number, c: number, d: number, x: number, y: number): void;
    closePath(): void;
  },
): void {
  if (look.pen) {
    const to = (xy: number[], i: number) =>
      place(xy[i]! * look.height * look.stretch, xy[i + 1]! * look.height);
    traceStrokes(text, (xy) => {
      out.moveTo(...to(xy, 0));
      for (let i = 2; i < xy.length; i += 2) out.lineTo(...to(xy, i));
    });
    return;
  }
  const { glyph } = loadFont(look.weight);
  const k = look.height / CAPITAL;
  let pen = 0;
  for (const char of text) {
    const g = glyph(char);
    const at = (v: number[], i: number) => place((pen + v[i]!) * k * look.stretch, v[i + 1]! * k);
    for (const { type, v } of g.d) {
      if (type === "M") out.moveTo(...at(v, 0));
      else if (type === "L") out.lineTo(...at(v, 0));
      else if (type === "Q") out.quadraticCurveTo(...at(v, 0), ...at(v, 2));
      else if (type === "C") out.bezierCurveTo(...at(v, 0), ...at(v, 2), ...at(v, 4));
      else out.closePath();
    }
    pen += g.advance;
  }
}
