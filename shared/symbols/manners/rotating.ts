import { arc, circle, hollow, line, open, poly, shape, solid, through } from "../draw.ts";
import type { Manners, Stroke } from "../types.ts";

/** Legs and base plate under a round casing. */
const pedestal = (r: number): Stroke[] => [
  open(line(-r * 0.5, r * 0.87, -r * 0.75, r * 1.35, r * 0.75, r * 1.35, r * 0.5, r * 0.87)),
];
const foot = (r: number): Stroke[] => [
  open(line(-r * 0.55, r * 0.84, -r * 0.55, r * 1.2, r * 0.55, r * 1.2, r * 0.55, r * 0.84)),
];
/** Discharge that leaves the casing along its tangent. */
const tangent = (r: number): Stroke[] => [
  open(line(0, -r, r, -r)),
  open(line(r, -r * 1.15, r, -r * 0.45)),
  open(line(r * 0.86, -r * 0.5, r, -r * 0.5)),
];

/** Further manners of drawing machines. */
export const rotatingManners: Manners = {
  centrifugal_pump: [
    shape([hollow(circle(0, 0, 0.6)), solid(poly(-0.42, -0.42, -0.42, 0.42, 0.6, 0))], through(0.6)),
    shape([hollow(circle(0, 0, 0.6)), open(line(-0.3, -0.52, 0.6, 0, -0.3, 0.52))], through(0.6)),
    shape([hollow(circle(0, 0, 0.6)), ...tangent(0.6)], through(0.6)),
    shape([hollow(circle(0, 0, 0.6)), ...tangent(0.6), ...pedestal(0.6)], through(0.6)),
    shape([hollow(circle(0, 0, 0.6)), ...pedestal(0.6)], through(0.6)),
    shape([hollow(circle(0, 0, 0.6)), ...foot(0.6), open(line(0, -0.6, 0.6, 0, 0, 0.6))], through(0.6)),
    shape([hollow(circle(0, 0, 0.55)), solid(poly(-0.18, -0.2, -0.18, 0.2, 0.26, 0))], through(0.55)),
    shape(
      [hollow(circle(0, 0, 0.55)), open(poly(-0.2, -0.24, -0.2, 0.24, 0.3, 0)), ...foot(0.55)],
      through(0.55),
    ),
  ],
  positive_displacement_pump: [
    shape(
      [hollow(circle(0, 0, 0.6)), open(line(0, -0.6, 0.6, 0, 0, 0.6)), open(line(-0.2, -0.3, -0.2, 0.3))],
      through(0.6),
    ),
    shape([hollow(circle(0, 0, 0.6)), open(poly(-0.6, 0, 0, -0.3, 0.6, 0, 0, 0.3))], through(0.6)),
    shape(
      [
        hollow(circle(0, 0, 0.55)),
        open(circle(-0.22, 0, 0.22)),
        open(circle(0.22, 0, 0.22)),
        ...pedestal(0.55),
      ],
      through(0.55),
    ),
  ],
  compressor: [
    shape(
      [
        hollow(circle(0, 0, 0.65)),
        open(line(-0.55, -0.35, 0.62, -0.18)),
        open(line(-0.55, 0.35, 0.62, 0.18)),
        ...foot(0.65),
      ],
      through(0.65),
    ),
    shape(
      [
        hollow(poly(-0.7, -0.7, 0.7, -0.3, 0.7, 0.3, -0.7, 0.7)),
        open(line(-0.7, 0, 0.7, 0)),
        open(line(0, -0.5, 0, 0.5)),
      ],
      through(0.7),
    ),
  ],
  blower: [
    shape(
      [
        hollow(circle(0, 0, 0.6)),
        open(`${arc(0, -0.28, 0.14, 0.28, 0, 360)}Z`),
        open(`${arc(0, 0.28, 0.14, 0.28, 0, 360)}Z`),
      ],
      through(0.6),
    ),
    shape(
      [
        hollow(circle(0, 0, 0.55)),
        open(line(0, -0.55, 0.55, -0.55, 0.55, 0)),
        solid(circle(0, 0, 0.1)),
        ...pedestal(0.55),
      ],
      through(0.55),
    ),
  ],
  turbine: [
    shape(
      [
        hollow(poly(-0.6, -0.24, 0.6, -0.6, 0.6, 0.6, -0.6, 0.24)),
        open(line(-0.6, 0, 0.6, 0)),
        open(circle(0, 0, 0.2)),
      ],
      through(0.6),
    ),
  ],
};
