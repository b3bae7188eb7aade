import { arc, circle, hollow, line, open, poly, port, rect, shape } from "./draw.ts";
import type { SymbolClass } from "./types.ts";

const exchanger = (
  name: string,
  title: string,
  tagPrefixes: string[],
  variants: SymbolClass["variants"],
): SymbolClass => ({
  name,
  superclass: "exchanger",
  title,
  tagPrefixes,
  role: "equipment",
  variants,
});
const zigzag = open(line(-1, 0, -0.5, 0, -0.2, -0.55, 0.2, 0.55, 0.5, 0, 1, 0));
const four = (x: number, y: number) => [
  port("N", -x, -y, "N1"),
  port("N", x, -y, "N2"),
  port("S", -x, y, "S1"),
  port("S", x, y, "S2"),
];
const quarters = [port("W", -1, 0), port("E", 1, 0), port("N", 0, -1), port("S", 0, 1)];

/** Heat exchangers; ports lie on whole modules from the anchor. */
export const exchangers: readonly SymbolClass[] = [
  exchanger(
    "shell_and_tube_exchanger",
    "Shell and tube heat exchanger",
    ["E", "H"],
    [
      shape(
        [
          hollow(rect(0, 0, 6, 2)),
          open(line(-2.2, -1, -2.2, 1)),
          open(line(2.2, -1, 2.2, 1)),
          open(line(-2.2, -0.4, 2.2, -0.4)),
          open(line(-2.2, 0.4, 2.2, 0.4)),
        ],
        [...four(1, 1), port("W", -3, 0), port("E", 3, 0)],
      ),
      shape(
        [
          hollow(`${poly(-3, -1, 2.4, -1, 2.4, 1, -3, 1)}`),
          open(arc(2.4, 0, 0.6, 1, -90, 90)),
          open(line(-2, -1, -2, 1)),
          open(line(-2, 0, 2, 0)),
        ],
        [...four(1, 1), port("W", -3, 0)],
      ),
      shape(
        [
          hollow(rect(0, 0, 4, 2)),
          open(line(-1.4, -1, -1.4, 1)),
          open(line(1.4, -1, 1.4, 1)),
          open(line(-1.4, -0.5, 1.4, -0.5)),
          open(line(-1.4, 0, 1.4, 0)),
          open(line(-1.4, 0.5, 1.4, 0.5)),
        ],
        [...four(1, 1)],
      ),
    ],
  ),
  exchanger(
    "plate_exchanger",
    "Plate heat exchanger",
    ["E", "H"],
    [
      shape(
        [
          hollow(rect(0, 0, 2, 4)),
          open(line(-1, -1.3, 1, 1.3)),
          open(line(-1, 1.3, 1, -1.3)),
          open(line(-1, -1.3, 1, -1.3)),
          open(line(-1, 1.3, 1, 1.3)),
          open(line(-1, 0, 1, 0)),
        ],
        [port("W", -1, -1, "W1"), port("E", 1, -1, "E1"), port("W", -1, 1, "W2"), port("E", 1, 1, "E2")],
      ),
      shape(
        [
          hollow(rect(0, 0, 2, 4)),
          open(line(-0.6, -2, -0.6, 2)),
          open(line(-0.2, -2, -0.2, 2)),
          open(line(0.2, -2, 0.2, 2)),
          open(line(0.6, -2, 0.6, 2)),
        ],
        [port("W", -1, -1, "W1"), port("E", 1, -1, "E1"), port("W", -1, 1, "W2"), port("E", 1, 1, "E2")],
      ),
    ],
  ),
  exchanger(
    "heat_exchanger",
    "Heat exchanger",
    ["E"],
    [
      shape([hollow(circle(0, 0, 1)), zigzag], quarters),
      shape(
        [hollow(circle(0, 0, 1)), open(line(0, -1, 0, -0.5, 0.55, -0.2, -0.55, 0.2, 0, 0.5, 0, 1))],
        quarters,
      ),
      shape([hollow(rect(0, 0, 2, 2)), zigzag], quarters),
      shape([hollow(rect(0, 0, 2, 2)), open(line(-1, 1, 1, -1))], quarters),
    ],
  ),
  exchanger(
    "air_cooler",
    "Air cooler",
    ["EA", "AC"],
    [
      shape(
        [
          hollow(rect(0, 0, 4, 1)),
          open(line(-2, 0.5, 2, -0.5)),
          hollow(poly(-1.2, 1.1, -0.9, 1.35, 1.2, 0.85, 0.9, 0.85)),
          open(line(0, 0.5, 0, 1.1)),
        ],
        [port("W", -2, 0), port("E", 2, 0)],
      ),
      shape(
        [
          hollow(poly(-2, -1, 2, -1, 1, 1, -1, 1)),
          open(line(-2, -1, 1, 1)),
          open(circle(-0.45, 0.62, 0.22)),
          open(circle(0.45, 0.62, 0.22)),
          open(line(-1.8, -0.6, 1.8, -0.6)),
        ],
        [port("N", -1, -1, "N1"), port("N", 1, -1, "N2")],
      ),
    ],
  ),
  exchanger(
    "fired_heater",
    "Fired heater",
    ["F", "H"],
    [
      shape(
        [
          hollow(poly(-2, 3, -2, -1, -1, -2, -1, -3, 1, -3, 1, -2, 2, -1, 2, 3)),
          open(line(-2, 0, -1, 0, -0.6, -0.7, 0.6, 0.7, 1, 0, 2, 0)),
        ],
        [port("W", -2, 0), port("E", 2, 0)],
      ),
      shape(
        [
          hollow(poly(-2, 2, -2, -1, -0.6, -2, -0.6, -3, 0.6, -3, 0.6, -2, 2, -1, 2, 2)),
          open(line(-2, 1, 1.2, 1, 1.2, 0.5, -1.2, 0.5, -1.2, 0, 2, 0)),
        ],
        [port("W", -2, 1), port("E", 2, 0)],
      ),
    ],
  ),
];
