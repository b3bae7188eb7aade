import { arc, circle, hollow, line, open, poly, port, rect, shape, solid, through } from "./draw.ts";
import type { SymbolClass } from "./types.ts";
import { below, bow, dome, flanged, left, right, stem, two, wheel, wide } from "./valve-bodies.ts";

const spring = (y0: number, y1: number, w: number) => {
  const xy = [0, y0];
  const turns = 5;
  for (let i = 0; i < turns; i++) xy.push(i % 2 ? -w : w, y0 + ((y1 - y0) * (i + 0.5)) / turns);
  return open(line(...xy, 0, y1));
};
const valve = (
  name: string,
  title: string,
  tagPrefixes: string[],
  variants: SymbolClass["variants"],
  role: SymbolClass["role"] = "inline",
): SymbolClass => ({ name, superclass: "valve", title, tagPrefixes, role, variants });

/** Valves by kind; the axis is horizontal, ports at half a module. */
export const valves: readonly SymbolClass[] = [
  valve(
    "gate_valve",
    "Gate valve",
    ["HV", "V", "GV"],
    [
      shape([open(bow())], two),
      shape([open(bow(0.25)), ...wheel(-0.4, 0.18)], two),
      shape([solid(bow(0.28))], two),
      shape([open(bow(0.36))], two),
      shape([open(bow(0.28)), ...flanged], wide),
      shape([open(bow(0.22)), open(line(0, 0, 0, -0.36)), open(line(-0.14, -0.28, 0.14, -0.44))], two),
      shape([open(left()), open(right()), open(line(0, -0.3, 0, 0.3))], two),
    ],
  ),
  valve(
    "globe_valve",
    "Globe valve",
    ["HV", "GL"],
    [
      shape([open(bow()), solid(circle(0, 0, 0.11))], two),
      shape([open(bow(0.26)), solid(circle(0, 0, 0.15)), ...wheel(-0.45, 0.2)], two),
      shape([open(bow(0.34)), solid(circle(0, 0, 0.14))], two),
      shape([open(bow(0.28)), solid(circle(0, 0, 0.12)), ...flanged], wide),
    ],
  ),
  valve(
    "ball_valve",
    "Ball valve",
    ["BV", "HV"],
    [
      shape([open(bow()), hollow(circle(0, 0, 0.16))], two),
      shape([open(bow(0.26)), hollow(circle(0, 0, 0.22))], two),
      shape([open(bow(0.3)), hollow(circle(0, 0, 0.17)), ...flanged], wide),
      shape([open(bow(0.32)), hollow(circle(0, 0, 0.2)), open(line(-0.14, 0.14, 0.14, -0.14))], two),
      shape(
        [
          open(bow(0.3)),
          hollow(circle(0, 0, 0.14)),
          open(line(0, -0.14, 0, -0.42)),
          open(line(-0.16, -0.42, 0.16, -0.42)),
        ],
        two,
      ),
    ],
  ),
  valve(
    "butterfly_valve",
    "Butterfly valve",
    ["BF", "HV"],
    [
      shape(
        [
          open(line(-0.32, -0.34, -0.32, 0.34)),
          open(line(0.32, -0.34, 0.32, 0.34)),
          open(line(-0.32, 0.3, 0.32, -0.3)),
          solid(circle(0, 0, 0.08)),
        ],
        through(0.32),
      ),
      shape(
        [hollow(rect(0, 0, 1, 0.5)), open(line(-0.5, -0.25, 0.5, 0.25)), hollow(circle(0, 0, 0.09))],
        two,
      ),
      shape(
        [
          open(line(-0.45, -0.4, -0.45, 0.4)),
          open(line(0.45, -0.4, 0.45, 0.4)),
          open(line(-0.45, 0.4, 0.45, -0.4)),
          hollow(circle(0, 0, 0.12)),
        ],
        through(0.45),
      ),
    ],
  ),
  valve(
    "check_valve",
    "Check valve",
    ["CV", "NRV"],
    [
      shape([open(left()), solid(right())], two),
      shape([open(left(0.28)), solid(right(0.28)), ...flanged], wide),
      shape(
        [
          open(line(-0.45, -0.32, -0.45, 0.32)),
          open(line(0.45, -0.32, 0.45, 0.32)),
          open(line(-0.45, -0.32, 0.45, 0.32)),
          solid(poly(0.45, 0.32, 0.2, 0.3, 0.3, 0.13)),
        ],
        through(0.45),
      ),
      shape([open(poly(-0.4, -0.32, -0.4, 0.32, 0.4, 0)), open(line(0.4, -0.34, 0.4, 0.34))], through(0.4)),
      shape(
        [hollow(rect(0, 0, 0.9, 0.5)), open(line(-0.34, -0.14, 0.4, 0.25)), solid(circle(-0.34, -0.14, 0.1))],
        through(0.45),
      ),
    ],
  ),
  valve(
    "needle_valve",
    "Needle valve",
    ["NV"],
    [
      shape([open(bow()), solid(poly(-0.11, -0.34, 0.11, -0.34, 0, 0.2))], two),
      shape([open(bow(0.28)), open(poly(-0.1, -0.5, 0.1, -0.5, 0, 0))], two),
    ],
  ),
  valve(
    "plug_valve",
    "Plug valve",
    ["PV", "HV"],
    [
      shape([open(bow()), hollow(poly(0, -0.2, 0.2, 0, 0, 0.2, -0.2, 0))], two),
      shape([open(bow()), solid(rect(0, 0, 0.18, 0.42))], two),
    ],
  ),
  valve(
    "diaphragm_valve",
    "Diaphragm valve",
    ["DV", "HV"],
    [
      shape([open(bow()), open(`${arc(0, -0.3, 0.5, 0.22, 180, 360)}`)], two),
      shape([open(bow(0.3)), open(arc(0, 0, 0.22, 0.3, 180, 360))], two),
    ],
  ),
  valve(
    "three_way_valve",
    "Three-way valve",
    ["TV", "XV"],
    [
      shape([open(bow()), open(below)], [...two, port("S", 0, 0.5)]),
      shape([solid(left()), open(right()), solid(below)], [...two, port("S", 0, 0.5)]),
      shape(
        [
          open(left()),
          solid(right()),
          solid(below),
          open(line(0, 0, 0, -0.35)),
          hollow(circle(0, -0.58, 0.24)),
        ],
        [...two, port("S", 0, 0.5)],
        { labels: [{ x: 0, y: -0.58, height: 0.24, text: "M" }] },
      ),
    ],
    "equipment",
  ),
  valve(
    "angle_valve",
    "Angle valve",
    ["AV", "HV"],
    [
      shape([open(left()), open(below)], [port("W", -0.5, 0), port("S", 0, 0.5)]),
      shape([solid(left(0.26)), solid(below)], [port("W", -0.5, 0), port("S", 0, 0.5)]),
    ],
    "equipment",
  ),
  valve(
    "safety_valve",
    "Safety relief valve",
    ["PSV", "SV"],
    [
      shape([open(right()), open(below), spring(0, -0.6, 0.14)], [port("S", 0, 0.5), port("E", 0.5, 0)]),
      shape(
        [
          open(right(0.26)),
          solid(below),
          open(line(0, 0, 0, -0.55)),
          open(line(-0.14, -0.2, 0.14, -0.32)),
          open(line(-0.14, -0.36, 0.14, -0.48)),
        ],
        [port("S", 0, 0.5), port("E", 0.5, 0)],
      ),
    ],
    "equipment",
  ),
  valve(
    "control_valve",
    "Control valve with diaphragm actuator",
    ["FV", "LV", "PV", "TV"],
    [
      shape([open(bow()), stem(-0.5), dome(-0.5, 0.28)], [...two, port("N", 0, -0.78, "N", "signal")]),
      shape(
        [open(bow(0.26)), solid(circle(0, 0, 0.1)), stem(-0.55), dome(-0.55, 0.34)],
        [...two, port("N", 0, -0.89, "N", "signal")],
      ),
      shape(
        [open(bow(0.32)), stem(-0.58), open(`${arc(0, -0.58, 0.34, 0.2, 180, 360)}Z`)],
        [...two, port("N", 0, -0.78, "N", "signal")],
      ),
      shape(
        [open(bow(0.28)), stem(-0.5), dome(-0.5, 0.3), ...flanged],
        [...wide, port("N", 0, -0.8, "N", "signal")],
      ),
    ],
  ),
  valve(
    "motor_operated_valve",
    "Motor operated valve",
    ["MOV", "XV"],
    [
      shape(
        [open(bow()), stem(-0.4), hollow(circle(0, -0.62, 0.22))],
        [...two, port("N", 0, -0.84, "N", "signal")],
        { labels: [{ x: 0, y: -0.62, height: 0.22, text: "M" }] },
      ),
      shape(
        [open(bow(0.34)), stem(-0.4), hollow(circle(0, -0.68, 0.28))],
        [...two, port("N", 0, -0.96, "N", "signal")],
        { labels: [{ x: 0, y: -0.68, height: 0.28, text: "M" }] },
      ),
    ],
  ),
  valve(
    "solenoid_valve",
    "Solenoid valve",
    ["XV", "SV"],
    [
      shape(
        [open(bow()), stem(-0.4), hollow(rect(0, -0.62, 0.42, 0.42))],
        [...two, port("N", 0, -0.83, "N", "signal")],
        { labels: [{ x: 0, y: -0.62, height: 0.24, text: "S" }] },
      ),
      shape(
        [
          open(bow(0.26)),
          stem(-0.38),
          open(rect(0, -0.56, 0.5, 0.36)),
          open(line(-0.25, -0.38, 0.25, -0.74)),
        ],
        [...two, port("N", 0, -0.74, "N", "signal")],
      ),
    ],
  ),
  valve(
    "pressure_regulator",
    "Self-acting pressure regulator",
    ["PCV"],
    [
      shape(
        [open(bow()), stem(-0.5), dome(-0.5, 0.28), open(line(0.28, -0.5, 0.42, -0.5, 0.42, -0.26))],
        two,
      ),
      shape(
        [
          open(bow(0.28)),
          stem(-0.48),
          dome(-0.48, 0.32),
          open(line(-0.32, -0.48, -0.45, -0.48, -0.45, -0.28)),
        ],
        two,
      ),
    ],
  ),
];
