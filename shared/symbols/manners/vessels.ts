import { arc, circle, dashed, hollow, line, open, poly, port, rect, shape, solid } from "../draw.ts";
import type { Manners, Port, Shape, Stroke, Wall } from "../types.ts";

const sides = (x: number, y: number): Wall[] => [
  { x1: -x, y1: -y, x2: -x, y2: y, side: "W" },
  { x1: x, y1: -y, x2: x, y2: y, side: "E" },
];
const poles = (y: number): Port[] => [port("N", 0, -y), port("S", 0, y)];
/** Shell of half extents x and y with dished heads of depth `head`. */
const dished = (x: number, y: number, head: number): Stroke =>
  hollow(`${arc(0, -y + head, x, head, 180, 360)}${arc(0, y - head, x, head, 0, 180, true)}Z`);
/** Heads almost flat with rounded knuckles. */
const knuckled = (x: number, y: number, r: number): Stroke =>
  hollow(
    `${arc(x - r, -y + r, r, r, -90, 0)}${arc(x - r, y - r, r, r, 0, 90, true)}${arc(-x + r, y - r, r, r, 90, 180, true)}${arc(-x + r, -y + r, r, r, 180, 270, true)}Z`,
  );
const lyingShell = (x: number, y: number, head: number): Stroke =>
  hollow(`${arc(x - head, 0, head, y, -90, 90)}${arc(-x + head, 0, head, y, 90, 270, true)}Z`);
/** Weld seams between shell and heads. */
const seams = (x: number, y: number) => [open(line(-x, -y, x, -y)), open(line(-x, y, x, y))];
const legs = (x: number, y: number, to: number) =>
  [-x, x].flatMap((c) => [open(line(c, y, c, to)), open(line(c - 0.18, to, c + 0.18, to))]);
const skirt = (x: number, y: number, to: number) => [open(line(-x, y, -x - 0.15, to, x + 0.15, to, x, y))];
const saddles = (x: number, y: number) =>
  [-x, x].map((c) => open(poly(c - 0.25, y, c - 0.35, y + 0.45, c + 0.35, y + 0.45, c + 0.25, y)));
/** Nozzle on a side wall as stub and flange; heights between whole modules, where no line comes. */
const stub = (x: number, y: number, out = 0.32) => [
  open(line(x, y, x + Math.sign(x) * out, y)),
  open(line(x + Math.sign(x) * out, y - 0.16, x + Math.sign(x) * out, y + 0.16)),
];
const box = (x: number, y: number) => open(rect(x + Math.sign(x) * 0.14, y, 0.28, 0.2));
const manhole = (x: number, y: number) => [
  open(rect(x + Math.sign(x) * 0.15, y, 0.3, 0.5)),
  open(line(x + Math.sign(x) * 0.3, y - 0.34, x + Math.sign(x) * 0.3, y + 0.34)),
  open(line(x + Math.sign(x) * 0.38, y - 0.34, x + Math.sign(x) * 0.38, y + 0.34)),
];
const boot = (x: number, y: number) =>
  open(`M${x - 0.5} ${y}L${x - 0.5} ${y + 0.8}${arc(x, y + 0.8, 0.5, 0.3, 180, 0, true)}L${x + 0.5} ${y}`);
const trays = (x: number, ys: readonly number[], cut: number) =>
  ys.map((y, i) => open(i % 2 ? line(-x, y, x - cut, y) : line(-x + cut, y, x, y)));
const every = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
const mesh = (x: number, y: number, h: number) => [
  open(line(-x, y, x, y)),
  open(line(-x, y + h, x, y + h)),
  ...every(-x + 0.2, x - 0.4, 5).map((c) => open(line(c, y + h, c + 0.2, y))),
];
const bottomless = (y: number): Port[] => [port("N", 0, -y)];
const mixer = (top: number, low: number, blade: number): Stroke[] => [
  open(line(0, top - 0.4, 0, low)),
  hollow(circle(0, top - 0.65, 0.25)),
  solid(poly(-blade, low - 0.12, -blade, low + 0.12, 0, low)),
  solid(poly(blade, low - 0.12, blade, low + 0.12, 0, low)),
];
const long = (x: number, y: number): Wall[] => [
  { x1: -x, y1: -y, x2: x, y2: -y, side: "N" },
  { x1: -x, y1: y, x2: x, y2: y, side: "S" },
];
const stirred = (strokes: Stroke[], x: number, y: number, wall: number): Shape =>
  shape(strokes, [port("S", 0, y)], { walls: sides(x, wall) });

/** Further manners of drawing vessels: one thin wall, legs, skirts, boots, manholes, nozzles, what is inside. */
export const vesselManners: Manners = {
  vessel: [
    shape([dished(2, 3, 0.8), ...legs(1.5, 2.5, 3.7)], bottomless(3), { walls: sides(2, 2) }),
    shape([dished(1, 2, 0.4), ...skirt(1, 1.6, 2.6), ...seams(1, 1.6)], bottomless(2), {
      walls: sides(1, 1),
    }),
    shape([knuckled(2, 3, 0.4)], poles(3), { walls: sides(2, 2) }),
    shape([knuckled(1, 3, 0.25), ...stub(-1, -1.5), ...stub(1, -0.5), ...stub(1, 1.5)], poles(3), {
      walls: sides(1, 2),
    }),
    shape(
      [dished(2, 4, 0.7), ...manhole(2, 0.5), ...stub(-2, -1.5), ...stub(-2, 1.5), box(2, -2.5)],
      poles(4),
      {
        walls: sides(2, 3),
      },
    ),
    shape([dished(2, 3, 0.6), ...mesh(2, -2, 0.35), open(line(-1.4, 1, 1.4, 1))], poles(3), {
      walls: sides(2, 2),
    }),
    shape([dished(1, 3, 0.5), box(-1, -0.5), box(1, 0.5), box(-1, 1.5), box(1, -1.5)], poles(3), {
      walls: sides(1, 2),
    }),
    // Conical bottom.
    shape(
      [
        hollow(`M-2 1L-2 -2.2${arc(0, -2.2, 2, 0.8, 180, 360, true)}L2 1L0.3 3L-0.3 3Z`),
        open(line(-2, 1, 2, 1)),
      ],
      poles(3),
      {
        walls: sides(2, 1),
      },
    ),
    shape([hollow(poly(-2, -3, 2, -3, 2, 0, 0.3, 3, -0.3, 3, -2, 0))], poles(3), {
      walls: [
        { x1: -2, y1: -2, x2: -2, y2: -1, side: "W" },
        { x1: 2, y1: -2, x2: 2, y2: -1, side: "E" },
      ],
    }),
  ],
  drum: [
    shape([lyingShell(3, 1, 0.4), ...saddles(1.5, 1)], [port("W", -3, 0), port("E", 3, 0)], {
      walls: long(2, 1).slice(0, 1),
    }),
    shape(
      [lyingShell(4, 1, 0.5), boot(2, 1), open(line(-3.5, -1, -3.5, 1)), open(line(3.5, -1, 3.5, 1))],
      [port("W", -4, 0), port("E", 4, 0)],
      {
        walls: [long(3, 1)[0]!, { x1: -3, y1: 1, x2: 1, y2: 1, side: "S" }],
      },
    ),
    shape(
      [lyingShell(4, 2, 0.9), boot(-1.5, 2), dashed(line(-3, -0.4, 3, -0.4)), open(line(1.5, 2, 1.5, -0.2))],
      [port("W", -4, 0), port("E", 4, 0)],
      {
        walls: [long(3, 2)[0]!, { x1: 0, y1: 2, x2: 3, y2: 2, side: "S" }],
      },
    ),
    shape([knuckled(3, 1, 0.3)], [port("W", -3, 0), port("E", 3, 0)], { walls: long(2, 1) }),
    shape(
      [lyingShell(5, 1, 0.6), ...saddles(2.5, 1), open(line(-4.4, -1, -4.4, 1)), open(line(4.4, -1, 4.4, 1))],
      [port("W", -5, 0), port("E", 5, 0)],
      {
        walls: long(4, 1).slice(0, 1),
      },
    ),
  ],
  column: [
    shape([dished(1, 6, 0.5), ...trays(1, every(-4.5, 4.5, 8), 0.3), ...skirt(1, 5.5, 6.8)], bottomless(6), {
      walls: sides(1, 5),
    }),
    shape(
      [
        dished(1, 6, 0.5),
        ...seams(1, 5.5),
        ...[-3, 2].flatMap((y) => [
          open(line(-1, y - 1.2, 1, y - 1.2)),
          open(line(-1, y + 1.2, 1, y + 1.2)),
          open(line(-1, y - 1.2, 1, y + 1.2)),
          open(line(1, y - 1.2, -1, y + 1.2)),
        ]),
      ],
      poles(6),
      { walls: sides(1, 5) },
    ),
    shape(
      [
        dished(1, 7, 0.4),
        ...trays(1, every(-5, 5, 16), 0.25),
        ...manhole(1, -5.5),
        ...manhole(1, 0.5),
        ...stub(-1, -3.5),
        ...stub(-1, 2.5),
      ],
      poles(7),
      {
        walls: sides(1, 6),
      },
    ),
    // Narrow top on a wide bottom.
    shape(
      [
        hollow(
          `M-1 -0.5L-1 -5.5${arc(0, -5.5, 1, 0.5, 180, 360, true)}L1 -0.5L2 0.5L2 5.4${arc(0, 5.4, 2, 0.6, 0, 180, true)}L-2 0.5Z`,
        ),
        ...trays(1, every(-4.8, -1, 6), 0.25),
        ...trays(2, every(1, 4.5, 5), 0.4),
      ],
      poles(6),
      {
        walls: [...sides(2, 5).map((w) => ({ ...w, y1: 1 })), ...sides(1, 5).map((w) => ({ ...w, y2: -2 }))],
      },
    ),
    shape(
      [
        dished(1, 5, 0.5),
        ...every(-3.5, 3.5, 6).map((y) => dashed(line(-1, y, 1, y))),
        ...mesh(1, -4.2, 0.25),
      ],
      poles(5),
      { walls: sides(1, 4) },
    ),
  ],
  tank: [
    // Floating roof, cone bottom, dome, open sump.
    shape(
      [
        open(line(-3, -2, -3, 2, 3, 2, 3, -2)),
        open(line(-3, -1.2, 3, -1.2)),
        open(line(-3, -1.05, 3, -1.05)),
      ],
      [],
      { walls: sides(3, 1) },
    ),
    shape([hollow(`M-3 2L-3 -1.4${arc(0, -1.4, 3, 1.1, 180, 360, true)}L3 2Z`)], [], { walls: sides(3, 1) }),
    shape(
      [
        hollow(poly(-2, -2.5, 0, -3, 2, -2.5, 2, 3, -2, 3)),
        ...stub(-2, 1.5),
        ...stub(2, 2.5),
        ...manhole(2, 0.5),
      ],
      [port("N", 0, -3)],
      { walls: sides(2, 2) },
    ),
    shape([hollow(rect(0, 0, 4, 4)), ...legs(1.6, 2, 2.6), open(line(-2, -1.4, 2, -1.4))], [], {
      walls: sides(2, 1),
    }),
    shape(
      [hollow(rect(0, 0, 6, 4)), open(line(-3.15, -2, 3.15, -2)), open(line(-3.15, 2, 3.15, 2))],
      [port("N", 0, -2)],
      { walls: sides(3, 1) },
    ),
  ],
  reactor: [
    stirred([dished(2, 3, 0.8), ...mixer(-3, 1.4, 1)], 2, 3, 2),
    shape([dished(2, 3, 0.7), ...mixer(-3, 1.2, 0.8), ...legs(1.6, 2.6, 3.6)], [], { walls: sides(2, 2) }),
    // Jacket.
    shape(
      [
        dished(2, 3, 0.7),
        ...mixer(-3, 1.2, 0.8),
        open(`${line(-2, -1, -2.3, -0.8, -2.3, 2)}${arc(0, 2.2, 2.3, 1.1, 180, 0, true)}L2.3 -0.8L2 -1`),
      ],
      [],
      { walls: sides(2, 2).map((w) => ({ ...w, y2: -2 })) },
    ),
    stirred(
      [
        knuckled(2, 2, 0.4),
        open(line(0, -2.3, 0, 1)),
        hollow(rect(0, -2.6, 0.8, 0.6)),
        open(`${arc(-0.5, 1, 0.5, 0.18, 0, 360)}Z`),
        open(`${arc(0.5, 1, 0.5, 0.18, 0, 360)}Z`),
      ],
      2,
      2,
      1,
    ),
    // Coil inside.
    stirred(
      [
        dished(2, 3, 0.8),
        ...mixer(-3, 0, 0.7),
        ...every(-1.2, 1.6, 6).map((y) => open(arc(-1.5, y, 0.2, 0.2, 90, 270))),
        ...every(-1.2, 1.6, 6).map((y) => open(arc(1.5, y, 0.2, 0.2, -90, 90))),
      ],
      2,
      3,
      2,
    ),
  ],
};
