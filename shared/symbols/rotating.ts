import { circle, hollow, line, open, poly, port, rect, shape, solid } from "./draw.ts";
import type { Port, SymbolClass } from "./types.ts";

const ends = (r: number): Port[] => [port("W", -r, 0), port("E", r, 0)];
const tri = (r: number) => line(-r * 0.02, -r, r, 0, -r * 0.02, r);
const wedge = (r: number, a: number) => {
  const x = r * Math.cos(a);
  return [
    open(line(-x, -r * Math.sin(a), x, -r * Math.sin(a * 0.45))),
    open(line(-x, r * Math.sin(a), x, r * Math.sin(a * 0.45))),
  ];
};
const machine = (
  name: string,
  title: string,
  tagPrefixes: string[],
  variants: SymbolClass["variants"],
): SymbolClass => ({
  name,
  superclass: "rotating",
  title,
  tagPrefixes,
  role: "inline",
  variants,
});

/** Pumps, compressors and drivers; flow goes west to east. */
export const rotating: readonly SymbolClass[] = [
  machine(
    "centrifugal_pump",
    "Centrifugal pump",
    ["P", "PU"],
    [
      shape([hollow(circle(0, 0, 0.7)), open(tri(0.7))], ends(0.7)),
      shape([hollow(circle(0, 0, 0.6)), solid(poly(0.05, -0.59, 0.6, 0, 0.05, 0.59))], ends(0.6)),
      shape(
        [
          hollow(circle(0, 0, 0.62)),
          open(line(-0.3, 0.545, -0.5, 0.85, 0.5, 0.85, 0.3, 0.545)),
          open(circle(0, 0, 0.16)),
        ],
        ends(0.62),
      ),
      shape([hollow(circle(0, 0, 0.65)), open(poly(-0.45, -0.45, -0.45, 0.45, 0.65, 0))], ends(0.65)),
    ],
  ),
  machine(
    "positive_displacement_pump",
    "Positive displacement pump",
    ["P", "PD"],
    [
      shape([hollow(circle(0, 0, 0.7)), open(tri(0.7)), open(rect(-0.1, 0, 0.56, 0.56))], ends(0.7)),
      shape(
        [hollow(circle(0, 0, 0.62)), open(circle(0, -0.25, 0.25)), open(circle(0, 0.25, 0.25))],
        ends(0.62),
      ),
      shape(
        [hollow(rect(0, 0, 1.3, 0.9)), open(line(-0.2, -0.45, -0.2, 0.45)), open(line(-0.2, 0, 0.65, 0))],
        ends(0.65),
      ),
    ],
  ),
  machine(
    "compressor",
    "Compressor",
    ["K", "C"],
    [
      shape([hollow(circle(0, 0, 0.75)), ...wedge(0.75, 1.1)], ends(0.75)),
      // Stages inside, or it would be a large reducer.
      shape(
        [
          hollow(poly(-0.8, -0.75, 0.8, -0.35, 0.8, 0.35, -0.8, 0.75)),
          open(line(-0.27, -0.62, -0.27, 0.62)),
          open(line(0.27, -0.48, 0.27, 0.48)),
        ],
        ends(0.8),
      ),
      shape([hollow(circle(0, 0, 0.7)), ...wedge(0.7, 0.8), open(line(-0.49, -0.5, -0.49, 0.5))], ends(0.7)),
    ],
  ),
  machine(
    "blower",
    "Blower or fan",
    ["B", "K"],
    [
      shape(
        [
          hollow(circle(0, 0, 0.65)),
          open(poly(0, 0, -0.32, -0.4, -0.08, -0.45)),
          open(poly(0, 0, 0.32, 0.4, 0.08, 0.45)),
          open(poly(0, 0, 0.4, -0.32, 0.45, -0.08)),
          open(poly(0, 0, -0.4, 0.32, -0.45, 0.08)),
        ],
        ends(0.65),
      ),
      shape(
        [hollow(circle(0, 0, 0.6)), open(line(0, -0.6, 0.6, -0.6, 0.6, -0.02)), open(circle(0, 0, 0.14))],
        ends(0.6),
      ),
    ],
  ),
  machine(
    "turbine",
    "Turbine",
    ["ST", "T"],
    [
      // Turned around, a bare trapezoid would be a compressor: the shaft tells them apart.
      shape(
        [hollow(poly(-0.75, -0.3, 0.75, -0.75, 0.75, 0.75, -0.75, 0.3)), open(line(-0.75, 0, 0.75, 0))],
        ends(0.75),
      ),
      shape(
        [
          hollow(circle(0, 0, 0.75)),
          open(line(-0.65, -0.37, 0.37, -0.65)),
          open(line(-0.65, 0.37, 0.37, 0.65)),
          open(line(-0.75, 0, 0.75, 0)),
        ],
        ends(0.75),
      ),
    ],
  ),
];
