import { arc, circle, hollow, line, open, poly, port, rect, shape, solid } from "../draw.ts";
import type { Manners, Port, Stroke } from "../types.ts";

const four = (x: number, y: number): Port[] => [
  port("N", -x, -y, "N1"),
  port("N", x, -y, "N2"),
  port("S", -x, y, "S1"),
  port("S", x, y, "S2"),
];
const ends = (x: number): Port[] => [port("W", -x, 0), port("E", x, 0)];
const quarters: Port[] = [...ends(1), port("N", 0, -1), port("S", 0, 1)];
const plates: Port[] = [
  port("W", -1, -1, "W1"),
  port("E", 1, -1, "E1"),
  port("W", -1, 1, "W2"),
  port("E", 1, 1, "E2"),
];
/** Two feet under a lying shell. */
const saddles = (x: number, y: number): Stroke[] =>
  [-x, x].map((c) => open(line(c - 0.2, y, c - 0.3, y + 0.35, c + 0.3, y + 0.35, c + 0.2, y)));
/** Stub with its flange, between the places where lines may come. */
const stub = (x: number, y: number, out: number): Stroke[] => [
  open(line(x, y, x, y + out)),
  open(line(x - 0.18, y + out, x + 0.18, y + out)),
];
const uprights = (xs: readonly number[], y: number) => xs.map((x) => open(line(x, -y, x, y)));

/** Further manners of drawing exchangers: TEMA shells, U tubes, kettles, plates, circles. */
export const exchangerManners: Manners = {
  shell_and_tube_exchanger: [
    // Bonnets on both ends (TEMA BEM), on saddles.
    shape(
      [
        hollow(`${arc(2.4, 0, 0.6, 1, -90, 90)}${arc(-2.4, 0, 0.6, 1, 90, 270, true)}Z`),
        ...uprights([-2.2, -2.05, 2.05, 2.2], 1.12),
        ...saddles(1.5, 1),
      ],
      [...four(1, 1), ...ends(3)],
    ),
    // Channel with pass partition and floating head (TEMA AES).
    shape(
      [
        hollow(`M-3 -1L2 -1${arc(2, 0, 1, 1, -90, 90, true)}L-3 1Z`),
        ...uprights([-3, -2.1, -1.95], 1.15),
        open(line(-3, 0, 2.4, 0)),
        ...stub(-2.5, -1, -0.35),
        ...stub(-2.5, 1, 0.35),
      ],
      [...four(1, 1), port("E", 3, 0)],
    ),
    // U tubes.
    shape(
      [
        hollow(rect(0, 0, 4, 2)),
        open(`${line(-2, -0.45, 1, -0.45)}${arc(1, 0, 0.45, 0.45, -90, 90, true)}L-2 0.45`),
      ],
      [...four(1, 1), port("W", -2, 0)],
    ),
    shape(
      [
        hollow(rect(0, 0, 6, 2)),
        ...uprights([-2], 1),
        open(`${line(-2, -0.3, 2, -0.3)}${arc(2, 0, 0.3, 0.3, -90, 90, true)}L-2 0.3`),
        open(`${line(-2, -0.6, 2, -0.6)}${arc(2, 0, 0.6, 0.6, -90, 90, true)}L-2 0.6`),
      ],
      [...four(1, 1), port("W", -3, 0)],
    ),
    // Kettle.
    shape(
      [
        hollow(`M-4 -0.4L-2.4 -0.4L-1.6 -2L2.6 -2${arc(2.6, -0.5, 0.9, 1.5, -90, 90, true)}L-4 1Z`),
        open(line(-3, -0.55, -3, 1.15)),
        open(line(-3, 0.3, 1.6, 0.3)),
        open(line(1.6, 1, 1.6, -0.7)),
      ],
      [port("N", 0, -2, "N1"), port("N", 2, -2, "N2"), port("S", 0, 1, "S1"), port("S", 2, 1, "S2")],
    ),
    // A few thin strokes, as plant design exports draw it.
    shape([hollow(rect(0, 0, 8, 2)), ...uprights([-3.2, 3.2], 1)], [...four(2, 1), ...ends(4)]),
    // Baffles.
    shape(
      [
        hollow(rect(0, 0, 6, 2)),
        ...uprights([-2.4, 2.4], 1),
        ...[-1.5, -0.5, 0.5, 1.5].map((x, i) => open(i % 2 ? line(x, 1, x, -0.4) : line(x, -1, x, 0.4))),
      ],
      [...four(2, 1), ...ends(3)],
    ),
  ],
  plate_exchanger: [
    shape([hollow(rect(0, 0, 2, 4)), ...uprights([-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75], 2)], plates),
    shape(
      [
        hollow(rect(-0.8, 0, 0.4, 4)),
        hollow(rect(0.8, 0, 0.4, 4)),
        ...uprights([-0.4, -0.2, 0, 0.2, 0.4], 1.7),
        open(line(-0.6, -1.85, 0.6, -1.85)),
      ],
      plates,
    ),
    shape(
      [
        hollow(rect(0, 0, 2, 4)),
        open(line(-1, -2, 1, 2)),
        ...[-0.5, 0.5].map((x) => open(line(x, -2, x, 2))),
      ],
      plates,
    ),
  ],
  heat_exchanger: [
    shape(
      [
        hollow(circle(0, 0, 1)),
        open(line(-1, 0, -0.6, 0, -0.4, -0.4, -0.1, 0.4, 0.2, -0.4, 0.5, 0.4, 0.65, 0, 1, 0)),
      ],
      quarters,
    ),
    shape(
      [
        hollow(circle(0, 0, 1)),
        open(line(-0.9, 0.9, 0.9, -0.9)),
        solid(poly(0.9, -0.9, 0.78, -0.6, 0.6, -0.78)),
      ],
      quarters,
    ),
    shape(
      [hollow(circle(0, 0, 1)), open(line(-0.87, 0.5, -0.4, 0.5, 0, -0.5, 0.4, 0.5, 0.87, 0.5))],
      quarters,
    ),
    shape(
      [
        hollow(rect(0, 0, 2, 2)),
        open(`${line(-1, -0.4, 0.3, -0.4)}${arc(0.3, 0, 0.4, 0.4, -90, 90, true)}L-1 0.4`),
      ],
      [port("E", 1, 0), port("N", 0, -1), port("S", 0, 1)],
    ),
    shape(
      [hollow(rect(0, 0, 2, 2)), open(line(0, -1, 0, -0.6, 0.5, -0.3, -0.5, 0, 0.5, 0.3, 0, 0.6, 0, 1))],
      quarters,
    ),
    shape(
      [
        hollow(circle(0, 0, 1)),
        open(`${line(-0.92, -0.4, 0.2, -0.4)}${arc(0.2, 0, 0.4, 0.4, -90, 90, true)}L-0.92 0.4`),
      ],
      [port("E", 1, 0), port("N", 0, -1), port("S", 0, 1)],
    ),
  ],
  air_cooler: [
    shape(
      [
        hollow(rect(0, 0, 4, 1)),
        open(line(-2, 0, -1.4, -0.35, -0.7, 0.35, 0, -0.35, 0.7, 0.35, 1.4, -0.35, 2, 0)),
        open(`${arc(-0.5, 0.9, 0.5, 0.14, 0, 360)}Z`),
        open(`${arc(0.5, 0.9, 0.5, 0.14, 0, 360)}Z`),
        open(line(0, 0.5, 0, 0.9)),
      ],
      ends(2),
    ),
  ],
};
