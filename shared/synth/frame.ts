import type { Random } from "./random.ts";
import { centred } from "./text-box.ts";
import type { Drafting, FrameLine, PlanText, Point } from "./types.ts";

/** Border, title block, tables and notes, and the rectangle left for the drawing. */
export interface Frame {
  lines: FrameLine[];
  texts: PlanText[];
  /** x, y, width, height free for lines and symbols. */
  room: [number, number, number, number];
}

const words =
  "PIPING AND INSTRUMENTATION DIAGRAM UNIT PROJECT DRAWING NO REV DATE CHECKED APPROVED SCALE SHEET ISSUED FOR CONSTRUCTION REVIEW CLIENT CONTRACTOR AREA FEED SECTION REACTION STORAGE UTILITY STEAM WATER COOLING RECOVERY".split(
    " ",
  );
const notes = [
  "ALL DIMENSIONS IN MM UNLESS NOTED",
  "VALVES SHALL BE LOCATED FOR ACCESS",
  "FOR LEGEND SEE DRAWING 100-001",
  "SLOPE LINE TOWARDS DRUM",
  "MINIMUM DISTANCE TO NOZZLE",
  "VENT TO SAFE LOCATION",
  "INSTRUMENT SUPPLIED BY VENDOR",
  "LOCKED OPEN DURING OPERATION",
  "TRACED AND INSULATED",
  "HOLD",
  "DELETED",
];

/** Lays out a frame: a plain border at least, zones, a notes column and a title block by chance. */
export function layFrame(widthPx: number, heightPx: number, drafting: Drafting, random: Random): Frame {
  const lines: FrameLine[] = [];
  const texts: PlanText[] = [];
  const { frameWidth: w, textHeight } = drafting;
  const margin = Math.round(Math.min(widthPx, heightPx) * random.real(0.015, 0.04)) + 10;
  const box = (x0: number, y0: number, x1: number, y1: number, widthLine = w, dashed = false) => {
    const c: Point[] = [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
    ];
    for (let i = 0; i < 4; i++) lines.push({ from: c[i]!, to: c[(i + 1) % 4]!, widthPx: widthLine, dashed });
  };
  const line = (x0: number, y0: number, x1: number, y1: number, widthLine = w) =>
    lines.push({ from: [x0, y0], to: [x1, y1], widthPx: widthLine });
  const say = (text: string, height: number, x: number, y: number) =>
    texts.push(centred(drafting, text, height, [x, y]));
  let [x0, y0, x1, y1] = [margin, margin, widthPx - margin, heightPx - margin];
  const style = random.weighted({ none: 1, plain: 3, double: 3, zones: 4 });
  if (style !== "none") box(x0, y0, x1, y1, w, style === "double" && random.chance(0.3));
  if (style === "double" || style === "zones") {
    const inset = style === "zones" ? Math.max(24, textHeight * 2) : 10;
    if (style === "zones") zones(line, say, [x0, y0, x1, y1], inset, drafting, random);
    [x0, y0, x1, y1] = [x0 + inset, y0 + inset, x1 - inset, y1 - inset];
    box(x0, y0, x1, y1);
  }
  const layout = random.weighted({ column: 3, block: 4, strip: 2, none: 1 });
  const height = Math.max(12, textHeight * random.real(0.8, 1.1));
  if (layout === "column") {
    const left = x1 - Math.round(widthPx * random.real(0.13, 0.2));
    line(left, y0, left, y1);
    const top = Math.round(y1 - heightPx * random.real(0.2, 0.35));
    cells(box, say, [left, top, x1, y1], height, random);
    writeNotes(texts, drafting, random, left + height, y0 + height * 2, x1 - height, top, height);
    x1 = left;
  } else if (layout === "block") {
    const [bw, bh] = [
      Math.round(widthPx * random.real(0.22, 0.32)),
      Math.round(heightPx * random.real(0.1, 0.18)),
    ];
    cells(box, say, [x1 - bw, y1 - bh, x1, y1], height, random);
    y1 -= bh;
  } else if (layout === "strip") {
    const bh = Math.round(heightPx * random.real(0.07, 0.14));
    const parts = random.int(2, 5);
    for (let i = 0; i < parts; i++)
      cells(
        box,
        say,
        [x0 + ((x1 - x0) * i) / parts, y1 - bh, x0 + ((x1 - x0) * (i + 1)) / parts, y1],
        height,
        random,
      );
    y1 -= bh;
  }
  const pad = drafting.cell * 0.8;
  return {
    lines,
    texts,
    room: [Math.round(x0 + pad), Math.round(y0 + pad), x1 - x0 - 2 * pad, y1 - y0 - 2 * pad],
  };
}

type LineTo = (x0: number, y0: number, x1: number, y1: number, w?: number) => void;
type Say = (text: string, height: number, x: number, y: number) => void;
type Box4 = [number, number, number, number];

function zones(
  line: LineTo,
  say: Say,
  [x0, y0, x1, y1]: Box4,
  inset: number,
  drafting: Drafting,
  random: Random,
): void {
  const [nx, ny] = [random.int(4, 12), random.int(3, 8)];
  const thin = Math.max(1, drafting.frameWidth - 1);
  const height = inset * 0.5;
  for (let i = 0; i < nx; i++) {
    const x = x0 + ((x1 - x0) * i) / nx;
    const mid = x + (x1 - x0) / nx / 2;
    if (i) for (const y of [y0, y1 - inset]) line(x, y, x, y + inset, thin);
    for (const y of [y0, y1 - inset]) say(String(i + 1), height, mid, y + inset / 2);
  }
  for (let i = 0; i < ny; i++) {
    const y = y0 + ((y1 - y0) * i) / ny;
    const mid = y + (y1 - y0) / ny / 2;
    if (i) for (const x of [x0, x1 - inset]) line(x, y, x + inset, y, thin);
    for (const x of [x0, x1 - inset]) say(String.fromCharCode(65 + i), height, x + inset / 2, mid);
  }
}

/** A ruled table filled with short entries. */
function cells(
  box: (x0: number, y0: number, x1: number, y1: number, w?: number) => void,
  say: Say,
  [x0, y0, x1, y1]: Box4,
  height: number,
  random: Random,
): void {
  box(x0, y0, x1, y1);
  let y = y0;
  while (y < y1 - 1) {
    const h = Math.min(y1 - y, height * random.real(1.8, 4));
    const parts = random.int(1, 4);
    for (let i = 0; i < parts; i++) {
      const [a, b] = [x0 + ((x1 - x0) * i) / parts, x0 + ((x1 - x0) * (i + 1)) / parts];
      box(a, y, b, y + h, 2);
      if (h < height * 1.6 || !random.chance(0.8)) continue;
      const text = random.chance(0.5)
        ? random.pick(words)
        : `${random.pick(words).slice(0, 3)}-${random.int(10, 99999)}`;
      const size = Math.min(height, ((b - a) * 0.9) / (text.length * 0.62));
      if (size > 8) say(text, size, (a + b) / 2, y + h / 2);
    }
    y += h;
  }
}

function writeNotes(
  texts: PlanText[],
  drafting: Drafting,
  random: Random,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  height: number,
): void {
  texts.push(centred(drafting, "NOTES", height * 1.2, [(x0 + x1) / 2, y0]));
  const count = random.int(3, 18);
  for (
    let i = 0, y = y0 + height * 3;
    i < count && y < y1 - height * 2;
    i++, y += height * random.real(1.7, 2.4)
  ) {
    const text = `${i + 1}. ${random.pick(notes)}`;
    const size = Math.min(height, (x1 - x0) / (text.length * 0.66));
    texts.push({ at: [x0, y], text, height: size, angle: 0 });
  }
}
