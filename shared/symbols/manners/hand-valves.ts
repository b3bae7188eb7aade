import { arc, circle, hollow, line, open, poly, port, rect, shape, solid, through } from "../draw.ts";
import type { Manners } from "../types.ts";
import { bars, below, bow, flanged, left, right, stem, two, wheel, wide } from "../valve-bodies.ts";

/** Hand wheel seen from above, flat. */
const ring = (y: number) => open(`${arc(0, y, 0.22, 0.07, 0, 360)}Z`);
/** Stem and wheel leaning to the east. */
const leaning = [open(line(0, 0, 0.2, -0.4)), open(line(0.04, -0.48, 0.36, -0.32))];
const lever = (from: number) => open(line(0, -from, 0, -0.38, 0.42, -0.38));
/** Needle pointing into the seat. */
const needle = (top: number, tip: number) => [
  open(line(0, top, 0, tip - 0.2)),
  solid(poly(-0.08, tip - 0.22, 0.08, tip - 0.22, 0, tip)),
];
const corner = [port("W", -0.5, 0), port("S", 0, 0.5)];

/** Further manners of drawing hand valves, as ISO 10628-2, ISA-5.1, GOST 2.785 and HG/T 20519 sheets have them. */
export const handValves: Manners = {
  gate_valve: [
    shape([open(bow(0.18))], two),
    shape([open(bow(0.48))], two),
    shape([open(bow(0.3, 0.36))], through(0.36)),
    shape([open(bow(0.26)), ...bars(0.5, 0.36)], two),
    shape([open(bow(0.26)), stem(-0.42), ring(-0.49)], two),
    shape([open(bow(0.28)), ...leaning], two),
    shape([open(bow(0.3)), open(line(0, -0.44, 0, 0.3)), solid(rect(0, -0.4, 0.12, 0.14))], two),
    shape([solid(bow(0.2)), ...wheel(-0.4, 0.2)], two),
  ],
  globe_valve: [
    shape([open(bow(0.24)), solid(circle(0, 0, 0.07))], two),
    shape([open(bow(0.48)), solid(circle(0, 0, 0.18))], two),
    shape([open(bow(0.34, 0.4)), solid(circle(0, 0, 0.14))], through(0.4)),
    shape([open(bow(0.28)), solid(circle(0, 0, 0.15)), ...bars(0.5, 0.36)], two),
    shape([open(bow(0.26)), solid(circle(0, 0, 0.12)), stem(-0.42), ring(-0.49)], two),
    shape([open(bow(0.28)), solid(circle(0, 0, 0.13)), ...leaning], two),
  ],
  ball_valve: [
    shape([open(bow(0.3)), solid(circle(0, 0, 0.24))], two),
    shape([open(bow(0.34)), solid(circle(0, 0, 0.29))], two),
    shape([open(bow(0.3)), solid(circle(0, 0, 0.24)), ...flanged], wide),
    shape([solid(bow(0.3)), hollow(circle(0, 0, 0.18))], two),
    shape([solid(bow(0.3)), hollow(circle(0, 0, 0.25))], two),
    shape([...bars(0.3, 0.34), hollow(circle(0, 0, 0.3))], through(0.3)),
    shape([...bars(0.28, 0.36), solid(circle(0, 0, 0.28))], through(0.28)),
    shape(
      [
        ...bars(0.48, 0.32),
        open(line(-0.48, 0, -0.26, 0)),
        open(line(0.26, 0, 0.48, 0)),
        hollow(circle(0, 0, 0.26)),
      ],
      through(0.48),
    ),
    shape([...bars(0.46, 0.32), open(line(-0.46, 0, 0.46, 0)), solid(circle(0, 0, 0.25))], through(0.46)),
    shape([open(bow(0.3)), hollow(circle(0, 0, 0.18)), lever(0.18)], two),
    shape([open(bow(0.3)), solid(circle(0, 0, 0.24)), lever(0.24)], two),
    shape([open(bow(0.28)), hollow(circle(0, 0, 0.2)), ...bars(0.5, 0.36)], two),
    shape([open(bow(0.42, 0.4)), hollow(circle(0, 0, 0.22))], through(0.4)),
  ],
  butterfly_valve: [
    shape(
      [open(line(-0.28, 0, 0.28, 0)), open(line(-0.22, 0.36, 0.22, -0.36)), solid(circle(0, 0, 0.1))],
      through(0.28),
    ),
    shape(
      [
        ...bars(0.36, 0.3),
        open(line(-0.36, 0.3, 0.36, -0.3)),
        solid(circle(0, 0, 0.09)),
        ...wheel(-0.46, 0.2),
      ],
      through(0.36),
    ),
  ],
  check_valve: [
    shape([solid(poly(-0.4, -0.3, -0.4, 0.3, 0.4, 0)), open(line(0.4, -0.34, 0.4, 0.34))], through(0.4)),
    shape(
      [
        open(bow(0.26)),
        open(line(-0.36, -0.44, 0.2, -0.44)),
        solid(poly(0.16, -0.52, 0.16, -0.36, 0.4, -0.44)),
      ],
      two,
    ),
    shape(
      [...bars(0.4, 0.32), open(line(-0.32, -0.24, 0.36, 0.28)), solid(circle(-0.31, -0.23, 0.1))],
      through(0.4),
    ),
    shape(
      [
        hollow(circle(0, 0, 0.34)),
        open(line(0.24, -0.24, -0.1, 0, 0.24, 0.24)),
        solid(circle(-0.04, 0, 0.1)),
      ],
      through(0.34),
    ),
    shape([open(left(0.24)), solid(right(0.24)), ...bars(0.5, 0.34)], two),
    shape([open(left(0.2)), solid(right(0.2))], two),
  ],
  needle_valve: [
    shape([open(bow()), ...needle(-0.5, 0)], two),
    shape([open(bow(0.28)), ...needle(-0.45, 0), open(line(-0.2, -0.45, 0.2, -0.45))], two),
    shape(
      [
        open(bow(0.28)),
        open(line(-0.34, 0.42, 0.28, -0.35)),
        solid(poly(0.38, -0.47, 0.17, -0.33, 0.3, -0.22)),
      ],
      two,
    ),
    shape([open(bow(0.34)), solid(poly(-0.12, -0.34, 0.12, -0.34, 0, 0))], two),
    shape([open(bow(0.26)), solid(poly(-0.09, 0.26, 0.09, 0.26, 0, -0.26)), ...bars(0.5, 0.34)], two),
  ],
  plug_valve: [
    shape([open(bow()), solid(poly(0, -0.24, 0.2, 0, 0, 0.24, -0.2, 0))], two),
    shape([open(bow(0.28)), hollow(rect(0, 0, 0.2, 0.56))], two),
    shape(
      [
        open(bow(0.3)),
        hollow(poly(-0.16, -0.3, 0.16, -0.3, 0.1, 0.3, -0.1, 0.3)),
        ...wheel(-0.46, 0.16).slice(1),
        open(line(0, -0.3, 0, -0.46)),
      ],
      two,
    ),
  ],
  diaphragm_valve: [
    shape(
      [
        open(bow(0.28)),
        open(arc(0, -0.28, 0.5, 0.3, 180, 360)),
        open(line(0, -0.58, 0, -0.74)),
        open(line(-0.18, -0.74, 0.18, -0.74)),
      ],
      two,
    ),
    shape([open(bow(0.32)), open(arc(0, -0.32, 0.4, 0.3, 0, 180))], two),
    shape([open(bow(0.26)), open(arc(0, -0.26, 0.5, 0.2, 180, 360)), ...bars(0.5, 0.36)], two),
  ],
  three_way_valve: [
    shape(
      [open(left(0.22)), open(right(0.22)), open(below), ...wheel(-0.42, 0.2)],
      [...two, port("S", 0, 0.5)],
    ),
    shape([solid(left()), solid(right()), solid(below)], [...two, port("S", 0, 0.5)]),
    shape([open(bow()), open(below), hollow(circle(0, 0, 0.18))], [...two, port("S", 0, 0.5)]),
    shape(
      [open(bow()), open(below), open(line(0, 0, 0, -0.5)), hollow(`${arc(0, -0.5, 0.28, 0.28, 180, 360)}Z`)],
      [...two, port("S", 0, 0.5)],
    ),
  ],
  angle_valve: [
    shape([open(left()), open(below), ...wheel(-0.44, 0.2)], corner),
    shape([open(left(0.26)), open(below), solid(circle(0, 0, 0.12))], corner),
    shape([open(left(0.28)), open(below), hollow(circle(0, 0, 0.18))], corner),
    shape(
      [open(left(0.28)), open(below), open(line(-0.5, -0.38, -0.5, 0.38)), open(line(-0.38, 0.5, 0.38, 0.5))],
      corner,
    ),
    shape(
      [
        open(left()),
        open(below),
        open(line(0, 0, 0, -0.45)),
        hollow(`${arc(0, -0.45, 0.28, 0.28, 180, 360)}Z`),
      ],
      corner,
    ),
    shape([open(left(0.2)), open(poly(-0.2, 0.5, 0.2, 0.5, 0, 0))], corner),
  ],
  safety_valve: [
    shape(
      [
        open(right()),
        open(below),
        open(line(0, 0, 0, -0.6)),
        ...[-0.2, -0.32, -0.44].map((y) => open(line(-0.13, y + 0.05, 0.13, y - 0.05))),
      ],
      [port("S", 0, 0.5), port("E", 0.5, 0)],
    ),
    shape(
      [open(bow(0.28)), open(line(0, 0, 0.12, -0.12, -0.12, -0.24, 0.12, -0.36, -0.12, -0.48, 0, -0.6))],
      two,
    ),
    shape(
      [open(right(0.26)), open(below), open(line(0, 0, 0, -0.34)), open(rect(0, -0.52, 0.3, 0.36))],
      [port("S", 0, 0.5), port("E", 0.5, 0)],
    ),
    shape([open(bow(0.28)), open(line(0, 0, 0, -0.4, 0.46, -0.4)), solid(circle(0.4, -0.4, 0.09))], two),
  ],
};
