import { arc, circle, dashed, hollow, line, open, poly, port, rect, shape, solid, through } from "../draw.ts";
import type { Manners } from "../types.ts";

const bar = (x: number, h: number) => open(line(x, -h, x, h));
const pair = (x: number, h: number) => [bar(-x, h), bar(x, h)];
const end = [port("W", 0, 0)];
const up = [port("S", 0, 0)];
const down = [port("N", 0, 0)];
const trapezoid = (half: number, big: number, small: number) =>
  poly(-half, -big, half, -small, half, small, -half, big);
/** One side level with the axis of the larger end. */
const eccentric = (half: number, big: number, small: number) =>
  poly(-half, -big, half, -big, half, small, -half, big);

/** Further manners of drawing fittings: pairs of bars, figures of eight, funnels and caps. */
export const fittingManners: Manners = {
  reducer: [
    shape([hollow(trapezoid(0.6, 0.28, 0.12))], through(0.6)),
    shape([hollow(trapezoid(0.18, 0.32, 0.18))], through(0.18)),
    shape([solid(trapezoid(0.35, 0.3, 0.15))], through(0.35)),
    shape([solid(trapezoid(0.22, 0.24, 0.1))], through(0.22)),
    shape([hollow(eccentric(0.55, 0.28, 0.06))], through(0.55)),
    shape([hollow(eccentric(0.2, 0.26, 0.08))], through(0.2)),
    shape([solid(eccentric(0.34, 0.26, 0.08))], through(0.34)),
    shape([hollow(trapezoid(0.35, 0.26, 0.13)), bar(-0.35, 0.38), bar(0.35, 0.24)], through(0.35)),
  ],
  flange: [
    shape(pair(0.045, 0.26), through(0.045)),
    shape(pair(0.16, 0.3), through(0.16)),
    shape(pair(0.07, 0.42), through(0.07)),
    shape(pair(0.07, 0.19), through(0.07)),
    shape([solid(rect(0, 0, 0.05, 0.56))], through(0.025)),
    shape([solid(rect(0, 0, 0.12, 0.6))], through(0.06)),
    shape([solid(rect(-0.07, 0, 0.06, 0.5)), solid(rect(0.07, 0, 0.06, 0.5))], through(0.1)),
  ],
  blind_flange: [
    shape([solid(rect(0.03, 0, 0.06, 0.56))], end),
    shape([bar(0, 0.22), bar(0.09, 0.34)], end),
    shape([hollow(rect(0.09, 0, 0.18, 0.5))], end),
    shape([solid(`${arc(0, 0, 0.22, 0.26, -90, 90)}Z`)], end),
    shape([hollow(`${arc(0.1, 0, 0.3, 0.3, -90, 90)}L0 0.3L0 -0.3Z`)], end),
    shape([bar(0, 0.28), bar(0.12, 0.28), open(arc(0.12, 0, 0.16, 0.24, -90, 90))], end),
  ],
  orifice_plate: [
    shape([...pair(0.12, 0.34), open(line(0, -0.5, 0, -0.1)), open(line(0, 0.1, 0, 0.34))], through(0.12)),
    shape(
      [...pair(0.14, 0.3), open(line(0, 0.3, 0, -0.34)), hollow(rect(0, -0.46, 0.16, 0.24))],
      through(0.14),
    ),
    shape(
      [
        open(line(-0.2, 0, 0.2, 0)),
        solid(poly(-0.16, -0.36, 0.16, -0.36, 0, -0.05)),
        solid(poly(-0.16, 0.36, 0.16, 0.36, 0, 0.05)),
      ],
      through(0.2),
    ),
  ],
  spectacle_blind: [
    // Figure of eight across the line, open and closed.
    shape([hollow(circle(0, 0, 0.18)), solid(circle(0, -0.36, 0.18))], through(0.18)),
    shape([solid(circle(0, 0, 0.18)), hollow(circle(0, -0.36, 0.18))], through(0.18)),
    shape([...pair(0.2, 0.32), hollow(circle(0, 0, 0.16)), solid(circle(0, -0.34, 0.18))], through(0.2)),
    shape([...pair(0.2, 0.32), solid(circle(0, 0, 0.16)), hollow(circle(0, -0.34, 0.18))], through(0.2)),
    // On long stems.
    shape(
      [
        ...pair(0.14, 0.28),
        open(line(0, 0.28, 0, -0.8)),
        hollow(circle(0, -0.96, 0.16)),
        solid(circle(0, -1.28, 0.16)),
      ],
      through(0.14),
    ),
    shape(
      [
        ...pair(0.14, 0.26),
        open(line(0, 0.26, 0, -0.6)),
        solid(circle(0, -0.76, 0.16)),
        hollow(circle(0, -1.08, 0.16)),
      ],
      through(0.14),
    ),
    shape([...pair(0.14, 0.28), open(line(0, 0, 0, -0.7)), solid(circle(0, -0.88, 0.18))], through(0.14)),
    shape([...pair(0.14, 0.28), open(line(0, 0, 0, -0.7)), hollow(circle(0, -0.88, 0.18))], through(0.14)),
    shape(
      [
        open(line(-0.14, 0, 0.14, 0)),
        solid(rect(0, 0, 0.06, 0.5)),
        open(line(0, -0.25, 0, -0.4)),
        hollow(circle(0, -0.54, 0.14)),
        hollow(circle(0, -0.82, 0.14)),
      ],
      [port("W", -0.14, 0), port("E", 0.14, 0)],
    ),
  ],
  strainer: [
    shape(
      [
        open(line(-0.5, 0, 0.5, 0)),
        open(line(-0.1, 0, 0.28, 0.42)),
        open(line(0.1, 0, 0.4, 0.32)),
        open(line(0.22, 0.48, 0.46, 0.26)),
      ],
      through(0.5),
    ),
    shape(
      [
        open(line(-0.45, 0, 0.45, 0)),
        dashed(line(0, 0, 0.36, 0.4)),
        open(line(0.24, 0.5, 0.46, 0.3)),
        bar(-0.45, 0.24),
        bar(0.45, 0.24),
      ],
      through(0.45),
    ),
    shape([hollow(rect(0, 0, 0.8, 0.5)), dashed(arc(0, -0.25, 0.24, 0.36, 0, 180))], through(0.4)),
    shape([hollow(poly(-0.45, -0.28, 0.45, 0, -0.45, 0.28)), dashed(line(0, -0.14, 0, 0.14))], through(0.45)),
  ],
  filter: [
    shape([hollow(rect(0, 0, 0.9, 1.2)), dashed(line(-0.45, -0.6, 0, 0.6, 0.45, -0.6))], through(0.45)),
    shape(
      [hollow(rect(0, 0, 1, 0.7)), ...[-0.25, 0, 0.25].map((x) => dashed(line(x, -0.35, x, 0.35)))],
      through(0.5),
    ),
  ],
  steam_trap: [
    shape([hollow(circle(0, 0, 0.34)), solid(`${arc(0, 0, 0.34, 0.34, -45, 135)}Z`)], through(0.34)),
    shape([hollow(rect(0, 0, 0.6, 0.6)), solid(poly(-0.3, 0.3, 0.3, -0.3, 0.3, 0.3))], through(0.3)),
  ],
  expansion_joint: [
    shape(
      [
        ...pair(0.45, 0.32),
        ...[-0.3, 0, 0.3].flatMap((x) => [
          open(arc(x, -0.16, 0.15, 0.14, 180, 360)),
          open(arc(x, 0.16, 0.15, 0.14, 0, 180)),
        ]),
      ],
      through(0.45),
    ),
    shape(
      [open(line(-0.5, 0, -0.168, 0)), open(arc(0, -0.25, 0.3, 0.3, 124, 416)), open(line(0.168, 0, 0.5, 0))],
      through(0.5),
    ),
  ],
  sight_glass: [
    shape(
      [
        ...pair(0.34, 0.34),
        hollow(circle(0, 0, 0.34)),
        open(line(-0.24, -0.24, 0.24, 0.24)),
        open(line(-0.24, 0.24, 0.24, -0.24)),
      ],
      through(0.34),
    ),
    shape([hollow(rect(0, 0, 0.8, 0.6)), open(rect(0, 0, 0.44, 0.28))], through(0.4)),
  ],
  rupture_disc: [
    shape(
      [...pair(0.12, 0.3), open(arc(-0.12, 0, 0.22, 0.28, -90, 90))],
      [port("W", -0.12, 0), port("E", 0.12, 0)],
    ),
    shape([...pair(0.2, 0.34), solid(`${arc(-0.2, 0, 0.26, 0.26, -90, 90)}Z`)], through(0.2)),
  ],
  vent: [
    // Gooseneck, roof, arrow, cap.
    shape(
      [
        open(line(0, 0, 0, -0.5)),
        open(arc(0.18, -0.5, 0.18, 0.18, 180, 360)),
        open(line(0.36, -0.5, 0.36, -0.36)),
      ],
      up,
    ),
    shape([open(line(0, 0, 0, -0.45)), open(line(-0.3, -0.35, 0, -0.58, 0.3, -0.35))], up),
    shape([open(line(0, 0, 0, -0.5)), solid(poly(-0.14, -0.42, 0.14, -0.42, 0, -0.75))], up),
    shape([open(line(0, 0, 0, -0.34)), open(poly(-0.26, -0.34, 0.26, -0.34, 0, -0.7))], up),
    shape(
      [
        open(line(0, 0, 0, -0.5)),
        open(line(-0.24, -0.5, -0.24, -0.4)),
        open(line(0.24, -0.5, 0.24, -0.4)),
        open(line(-0.24, -0.5, 0.24, -0.5)),
      ],
      up,
    ),
  ],
  drain: [
    shape([open(line(-0.3, 0, 0, 0.3, 0.3, 0)), open(line(0, 0, 0, 0.55))], down),
    shape(
      [
        open(line(0, 0, 0, 0.2)),
        open(line(-0.28, 0.12, -0.12, 0.42, 0.12, 0.42, 0.28, 0.12)),
        open(line(0, 0.42, 0, 0.66)),
      ],
      down,
    ),
    shape([open(line(0, 0, 0, 0.3)), hollow(poly(-0.24, 0.3, 0.24, 0.3, 0, 0.62))], down),
    shape([open(line(0, 0, 0, 0.2)), open(arc(0, 0.2, 0.28, 0.28, 0, 180))], down),
    shape(
      [
        open(line(0, 0, 0, 0.4)),
        solid(poly(-0.12, 0.3, 0.12, 0.3, 0, 0.58)),
        open(line(-0.28, 0.62, 0.28, 0.62)),
      ],
      down,
    ),
    shape([open(line(-0.32, 0.16, -0.22, 0.5, 0.22, 0.5, 0.32, 0.16)), open(line(0, 0, 0, 0.3))], down),
  ],
};
