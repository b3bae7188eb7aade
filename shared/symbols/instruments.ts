import { arc, circle, dashed, hollow, line, open, poly, port, rect, shape, solid, through } from "./draw.ts";
import type { Label, Port, Shape, Stroke, SymbolClass } from "./types.ts";

const around = (x: number, y = x): Port[] => [
  port("N", 0, -y),
  port("E", x, 0),
  port("S", 0, y),
  port("W", -x, 0),
];
const lines = (h: number, gap: number): Label[] => [
  { x: 0, y: -gap, height: h, text: "letters" },
  { x: 0, y: gap, height: h, text: "number" },
];
const pill = (x: number, r: number) =>
  `${arc(x - r, 0, r, r, -90, 90)}${arc(-x + r, 0, r, r, 90, 270, true)}Z`;
const balloon = (
  name: string,
  title: string,
  bodies: { strokes: Stroke[]; x: number; y?: number; h: number; gap: number }[],
  more: Shape[] = [],
): SymbolClass => ({
  name,
  superclass: "instrument",
  title,
  tagPrefixes: [
    "FI",
    "FT",
    "FIC",
    "LT",
    "LI",
    "LIC",
    "PI",
    "PT",
    "PIC",
    "TI",
    "TE",
    "TT",
    "TIC",
    "AT",
    "PDI",
    "LAH",
    "FQ",
    "ZS",
    "HS",
  ],
  role: "balloon",
  variants: [
    ...bodies.map((b) => shape(b.strokes, around(b.x, b.y ?? b.x), { labels: lines(b.h, b.gap) })),
    ...more,
  ],
});
const bar = (x: number, y = 0) => open(line(-x, y, x, y));
const diamond = (r: number) => poly(0, -r, r, 0, 0, r, -r, 0);
const hexagon = (r: number) =>
  poly(-r, 0, -r / 2, -r * 0.8, r / 2, -r * 0.8, r, 0, r / 2, r * 0.8, -r / 2, r * 0.8);

/** A sensor drawn as a small circle with its stem inside, standing on the line. */
const sensor = shape([hollow(circle(0, 0, 0.36)), open(line(0, -0.2, 0, 0.36))], [port("S", 0, 0.36)]);

/** Instruments by mounting (ISA-5.1 table 5.1.1) and the in-line flow meter. */
export const instruments: readonly SymbolClass[] = [
  balloon(
    "instrument_field",
    "Instrument, field mounted",
    [
      { strokes: [hollow(circle(0, 0, 0.6))], x: 0.6, h: 0.24, gap: 0.18 },
      { strokes: [hollow(circle(0, 0, 0.7))], x: 0.7, h: 0.26, gap: 0.2 },
      { strokes: [hollow(pill(0.85, 0.55))], x: 0.85, y: 0.55, h: 0.24, gap: 0.18 },
    ],
    [sensor],
  ),
  balloon("instrument_panel", "Instrument, main panel", [
    { strokes: [hollow(circle(0, 0, 0.6)), bar(0.6)], x: 0.6, h: 0.22, gap: 0.23 },
    { strokes: [hollow(circle(0, 0, 0.7)), bar(0.7)], x: 0.7, h: 0.26, gap: 0.27 },
    { strokes: [hollow(pill(0.85, 0.55)), bar(0.85)], x: 0.85, y: 0.55, h: 0.22, gap: 0.24 },
  ]),
  balloon("instrument_local_panel", "Instrument, local panel", [
    {
      strokes: [hollow(circle(0, 0, 0.62)), bar(0.617, -0.05), bar(0.617, 0.05)],
      x: 0.62,
      h: 0.2,
      gap: 0.26,
    },
    { strokes: [hollow(circle(0, 0, 0.7)), bar(0.697, -0.06), bar(0.697, 0.06)], x: 0.7, h: 0.22, gap: 0.29 },
  ]),
  balloon("instrument_behind_panel", "Instrument, behind panel", [
    { strokes: [hollow(circle(0, 0, 0.62)), dashed(line(-0.62, 0, 0.62, 0))], x: 0.62, h: 0.22, gap: 0.23 },
    { strokes: [hollow(circle(0, 0, 0.7)), dashed(line(-0.7, 0, 0.7, 0))], x: 0.7, h: 0.26, gap: 0.27 },
  ]),
  balloon("shared_display", "Shared display or control (DCS)", [
    {
      strokes: [hollow(rect(0, 0, 1.2, 1.2)), open(circle(0, 0, 0.6)), bar(0.6)],
      x: 0.6,
      h: 0.22,
      gap: 0.23,
    },
    {
      strokes: [hollow(rect(0, 0, 1.4, 1.4)), open(circle(0, 0, 0.7)), bar(0.7)],
      x: 0.7,
      h: 0.26,
      gap: 0.27,
    },
    { strokes: [hollow(rect(0, 0, 1.2, 1.2)), open(circle(0, 0, 0.6))], x: 0.6, h: 0.24, gap: 0.18 },
  ]),
  balloon("plc", "Programmable logic control", [
    { strokes: [hollow(rect(0, 0, 1.3, 1.3)), open(diamond(0.65)), bar(0.65)], x: 0.65, h: 0.19, gap: 0.17 },
    { strokes: [hollow(rect(0, 0, 1.4, 1.4)), open(diamond(0.7))], x: 0.7, h: 0.22, gap: 0.16 },
  ]),
  balloon("computer_function", "Computer function", [
    { strokes: [hollow(hexagon(0.75)), bar(0.75)], x: 0.75, y: 0.6, h: 0.2, gap: 0.24 },
    { strokes: [hollow(hexagon(0.75))], x: 0.75, y: 0.6, h: 0.24, gap: 0.18 },
  ]),
  {
    name: "interlock",
    superclass: "instrument",
    title: "Interlock logic",
    tagPrefixes: ["I", "UC"],
    role: "balloon",
    variants: [
      shape([hollow(diamond(0.6))], around(0.6), { labels: [{ x: 0, y: 0, height: 0.26, text: "I" }] }),
      shape([hollow(diamond(0.65))], around(0.65), {
        labels: [{ x: 0, y: 0, height: 0.24, text: "number" }],
      }),
    ],
  },
  {
    name: "flow_meter",
    superclass: "instrument",
    title: "Flow meter in the line",
    tagPrefixes: ["FE", "FT", "FM"],
    role: "inline",
    variants: [
      shape(
        [
          hollow(circle(0, 0, 0.45)),
          open(arc(0, -0.45, 0.26, 0.36, 20, 160)),
          open(arc(0, 0.45, 0.26, 0.36, 200, 340)),
        ],
        through(0.45),
      ),
      shape(
        [
          hollow(rect(0, 0, 1, 0.7)),
          open(poly(-0.25, -0.35, 0.25, -0.35, 0, 0.2)),
          open(line(-0.5, 0.2, 0.5, 0.2)),
        ],
        through(0.5),
      ),
      shape(
        [
          hollow(circle(0, 0, 0.42)),
          solid(poly(-0.3, -0.3, -0.3, 0.3, 0, 0)),
          solid(poly(0.3, -0.3, 0.3, 0.3, 0, 0)),
        ],
        through(0.42),
      ),
    ],
  },
];
