import { arc, circle, dashed, hollow, line, open, poly, port, rect, shape, solid, through } from "../draw.ts";
import type { Label, Manners, Port, Shape, Stroke } from "../types.ts";

const around = (x: number, y = x): Port[] => [
  port("N", 0, -y),
  port("E", x, 0),
  port("S", 0, y),
  port("W", -x, 0),
];
const body = (strokes: Stroke[], labels: Label[], x: number, y = x): Shape =>
  shape(strokes, around(x, y), { labels });
/** Letters over number; `room` as wide as the body lets text touch its outline. */
const rows = (height: number, gap: number, room: number): Label[] => [
  { x: 0, y: -gap, height, text: "letters", room },
  { x: 0, y: gap, height, text: "number", room },
];
const one = (text: "letters" | "tag", height: number, room: number): Label[] => [
  { x: 0, y: 0, height, text, room },
];
/** Three rows: part of the plant, letters, number. */
const three = (height: number, gap: number, area: string): Label[] => [
  { x: 0, y: -gap, height, text: area },
  { x: 0, y: 0, height, text: "letters", room: 0.95 },
  { x: 0, y: gap, height, text: "number", room: 0.8 },
];
const ellipse = (x: number, y: number) => hollow(`${arc(0, 0, x, y, 0, 360)}Z`);
const bar = (x: number, y = 0) => open(line(-x, y, x, y));
const hexagon = (x: number, y: number) => poly(-x, 0, -x / 2, -y, x / 2, -y, x, 0, x / 2, y, -x / 2, y);
const square = (r: number) => hollow(rect(0, 0, 2 * r, 2 * r));

/** Further balloons: small ones in lines, ellipses, text that touches its circle, double circles, three rows. */
export const instrumentManners: Manners = {
  instrument_field: [
    body([hollow(circle(0, 0, 0.4))], one("letters", 0.3, 0.72), 0.4),
    body([hollow(circle(0, 0, 0.45))], one("tag", 0.26, 0.88), 0.45),
    body([ellipse(0.7, 0.42)], one("tag", 0.28, 1.2), 0.7, 0.42),
    body([ellipse(0.6, 0.34)], one("letters", 0.3, 0.9), 0.6, 0.34),
    body([hollow(circle(0, 0, 0.55))], rows(0.32, 0.21, 1), 0.55),
    body([hollow(circle(0, 0, 0.5))], rows(0.22, 0.16, 0.8), 0.5),
    body([hollow(circle(0, 0, 0.75))], three(0.24, 0.4, "12"), 0.75),
    body([hollow(circle(0, 0, 0.66)), open(circle(0, 0, 0.56))], rows(0.24, 0.18, 0.9), 0.66),
    body([hollow(circle(0, 0, 0.9))], rows(0.28, 0.22, 1.3), 0.9),
  ],
  instrument_panel: [
    body([hollow(circle(0, 0, 0.5)), bar(0.5)], rows(0.2, 0.22, 0.8), 0.5),
    body([hollow(circle(0, 0, 0.58)), bar(0.58)], rows(0.3, 0.24, 1), 0.58),
    body([ellipse(0.8, 0.5), bar(0.8)], rows(0.24, 0.23, 1.1), 0.8, 0.5),
    body([hollow(circle(0, 0, 0.9)), bar(0.9)], rows(0.3, 0.34, 1.3), 0.9),
    body([hollow(circle(0, 0, 0.66)), open(circle(0, 0, 0.57)), bar(0.57)], rows(0.2, 0.22, 0.85), 0.66),
  ],
  instrument_local_panel: [
    body([hollow(circle(0, 0, 0.5)), bar(0.497, -0.05), bar(0.497, 0.05)], rows(0.18, 0.25, 0.7), 0.5),
    body([hollow(circle(0, 0, 0.8)), bar(0.794, -0.1), bar(0.794, 0.1)], rows(0.24, 0.36, 1.1), 0.8),
  ],
  instrument_behind_panel: [
    body([hollow(circle(0, 0, 0.5)), dashed(line(-0.5, 0, 0.5, 0))], rows(0.2, 0.22, 0.8), 0.5),
    body([ellipse(0.8, 0.5), dashed(line(-0.8, 0, 0.8, 0))], rows(0.24, 0.23, 1.1), 0.8, 0.5),
  ],
  shared_display: [
    body([square(0.5), open(circle(0, 0, 0.5)), bar(0.5)], rows(0.2, 0.22, 0.8), 0.5),
    body([square(0.55), open(circle(0, 0, 0.55)), bar(0.55)], rows(0.3, 0.23, 1), 0.55),
    body([square(0.7), open(circle(0, 0, 0.6)), bar(0.6)], rows(0.22, 0.23, 0.9), 0.7),
    body([square(0.9), open(circle(0, 0, 0.9)), bar(0.9)], rows(0.3, 0.34, 1.3), 0.9),
    body([square(0.75), open(circle(0, 0, 0.75))], three(0.24, 0.4, "10"), 0.75),
  ],
  plc: [
    body([square(0.55), open(poly(0, -0.55, 0.55, 0, 0, 0.55, -0.55, 0))], rows(0.2, 0.14, 0.6), 0.55),
    body([square(0.9), open(poly(0, -0.9, 0.9, 0, 0, 0.9, -0.9, 0)), bar(0.9)], rows(0.26, 0.24, 0.85), 0.9),
  ],
  computer_function: [
    body([hollow(hexagon(0.6, 0.5)), bar(0.6)], rows(0.2, 0.22, 0.8), 0.6, 0.5),
    body([hollow(hexagon(0.95, 0.6))], rows(0.28, 0.22, 1.2), 0.95, 0.6),
    body([hollow(hexagon(0.55, 0.48))], one("tag", 0.26, 0.85), 0.55, 0.48),
  ],
  interlock: [
    body([hollow(poly(0, -0.5, 0.5, 0, 0, 0.5, -0.5, 0))], [{ x: 0, y: 0, height: 0.28, text: "I" }], 0.5),
    body([hollow(poly(0, -0.5, 0.7, 0, 0, 0.5, -0.7, 0))], one("tag", 0.24, 0.7), 0.7, 0.5),
  ],
  flow_meter: [
    shape(
      [hollow(circle(0, 0, 0.36)), open(line(0, -0.36, 0, 0.36)), solid(circle(0, 0, 0.08))],
      through(0.36),
    ),
    shape(
      [hollow(rect(0, 0, 0.9, 0.6)), open(line(-0.3, 0.2, -0.1, -0.2, 0.1, 0.2, 0.3, -0.2))],
      through(0.45),
    ),
    shape(
      [
        open(line(-0.5, -0.3, -0.15, -0.14, 0.15, -0.14, 0.5, -0.3)),
        open(line(-0.5, 0.3, -0.15, 0.14, 0.15, 0.14, 0.5, 0.3)),
        open(line(-0.5, -0.3, -0.5, 0.3)),
        open(line(0.5, -0.3, 0.5, 0.3)),
      ],
      through(0.5),
    ),
  ],
};
