import { arc, circle, dashed, hollow, line, open, poly, port, rect, shape, solid, through } from "./draw.ts";
import type { SymbolClass } from "./types.ts";

const fitting = (
  name: string,
  title: string,
  tagPrefixes: string[],
  variants: SymbolClass["variants"],
  role: SymbolClass["role"] = "inline",
): SymbolClass => ({ name, superclass: "fitting", title, tagPrefixes, role, variants });
const coil = (w: number, h: number, turns: number) => {
  const xy: number[] = [];
  for (let i = 0; i <= turns * 2; i++) xy.push(-w / 2 + (w * i) / (turns * 2), i % 2 ? -h / 2 : h / 2);
  return open(line(...xy));
};
const bar = (x: number, h: number) => open(line(x, -h, x, h));

/** Piping fittings and in-line specials. */
export const fittings: readonly SymbolClass[] = [
  fitting(
    "reducer",
    "Reducer",
    [],
    [
      shape([hollow(poly(-0.35, -0.32, 0.35, -0.16, 0.35, 0.16, -0.35, 0.32))], through(0.35)),
      shape([hollow(poly(-0.5, -0.26, 0.5, 0, -0.5, 0.26))], through(0.5)),
      shape([hollow(poly(-0.35, -0.3, 0.35, -0.3, 0.35, 0.12, -0.35, 0.3))], through(0.35)),
      shape([hollow(poly(-0.4, -0.36, 0.4, -0.2, 0.4, 0.2, -0.4, 0.36))], through(0.4)),
    ],
  ),
  fitting(
    "flange",
    "Flanged joint",
    [],
    [
      shape([bar(-0.08, 0.28), bar(0.08, 0.28)], through(0.08)),
      shape([bar(-0.11, 0.34), bar(0.11, 0.34)], through(0.11)),
    ],
  ),
  fitting(
    "blind_flange",
    "Blind flange or cap",
    [],
    [
      shape([bar(0, 0.28), bar(0.16, 0.28)], [port("W", 0, 0)]),
      shape([open(arc(0, 0, 0.28, 0.28, -90, 90)), bar(0, 0.28)], [port("W", 0, 0)]),
      shape([solid(rect(0.07, 0, 0.14, 0.6))], [port("W", 0, 0)]),
    ],
    "end",
  ),
  fitting(
    "orifice_plate",
    "Orifice plate",
    ["FE", "FO", "RO"],
    [
      shape(
        [
          bar(-0.2, 0.32),
          bar(0.2, 0.32),
          open(line(0, -0.32, 0, -0.08)),
          open(line(0, 0.08, 0, 0.32)),
          dashed(line(-0.2, 0, 0.2, 0)),
        ],
        through(0.2),
      ),
      shape(
        [
          hollow(rect(0, 0, 0.5, 0.6)),
          open(poly(-0.25, -0.3, 0, 0, -0.25, 0.3)),
          open(poly(0.25, -0.3, 0, 0, 0.25, 0.3)),
        ],
        through(0.25),
      ),
    ],
  ),
  fitting(
    "spectacle_blind",
    "Spectacle blind",
    [],
    [
      shape(
        [
          bar(-0.14, 0.3),
          bar(0.14, 0.3),
          open(line(0, 0.3, 0, -0.3)),
          solid(circle(0, -0.46, 0.16)),
          open(circle(0, -0.78, 0.16)),
        ],
        through(0.14),
      ),
      shape(
        [bar(-0.14, 0.3), bar(0.14, 0.3), open(line(0, 0.3, 0, -0.36)), open(circle(0, -0.54, 0.18))],
        through(0.14),
      ),
    ],
  ),
  fitting(
    "strainer",
    "Y-strainer",
    ["S", "STR"],
    [
      shape(
        [hollow(rect(0, 0, 0.9, 0.4)), open(line(-0.15, 0.2, 0.2, 0.55, 0.45, 0.3, 0.35, 0.2))],
        through(0.45),
      ),
      shape(
        [
          bar(-0.45, 0.28),
          bar(0.45, 0.28),
          open(line(-0.45, 0, 0.45, 0)),
          open(line(0, 0, 0.32, 0.42)),
          open(line(0.18, 0.52, 0.46, 0.32)),
        ],
        through(0.45),
      ),
    ],
  ),
  fitting(
    "filter",
    "Filter",
    ["F", "FL"],
    [
      shape([hollow(rect(0, 0, 1.1, 0.8)), dashed(line(0, -0.4, 0, 0.4))], through(0.55)),
      shape([hollow(rect(0, 0, 1, 0.8)), dashed(line(-0.5, 0.4, 0.5, -0.4))], through(0.5)),
      shape(
        [hollow(poly(0, -0.55, 0.55, 0, 0, 0.55, -0.55, 0)), dashed(line(0, -0.55, 0, 0.55))],
        through(0.55),
      ),
    ],
  ),
  fitting(
    "steam_trap",
    "Steam trap",
    ["ST", "TRP"],
    [
      shape(
        [
          hollow(circle(0, 0, 0.36)),
          open(line(-0.255, -0.255, 0.255, 0.255)),
          open(line(-0.255, 0.255, 0.255, -0.255)),
        ],
        through(0.36),
      ),
      shape([hollow(circle(0, 0, 0.36)), solid(`${arc(0, 0, 0.36, 0.36, 0, 180)}Z`)], through(0.36)),
      shape([hollow(rect(0, 0, 0.66, 0.66))], through(0.33), {
        labels: [{ x: 0, y: 0, height: 0.34, text: "T" }],
      }),
    ],
  ),
  fitting(
    "expansion_joint",
    "Expansion joint or flexible hose",
    ["EJ", "FH"],
    [
      shape([bar(-0.45, 0.3), bar(0.45, 0.3), coil(0.9, 0.44, 4)], through(0.45)),
      shape([hollow(rect(0, 0, 1, 0.56)), coil(1, 0.3, 4)], through(0.5)),
    ],
  ),
  fitting(
    "sight_glass",
    "Sight glass",
    ["SG"],
    [
      shape([hollow(rect(0, 0, 0.9, 0.5)), open(circle(0, 0, 0.25))], through(0.45)),
      shape(
        [
          bar(-0.4, 0.3),
          bar(0.4, 0.3),
          hollow(circle(0, 0, 0.3)),
          open(line(-0.4, 0, -0.3, 0)),
          open(line(0.3, 0, 0.4, 0)),
          open(circle(0, 0, 0.16)),
        ],
        through(0.4),
      ),
    ],
  ),
  fitting(
    "rupture_disc",
    "Rupture disc",
    ["PSE", "RD"],
    [
      shape([bar(-0.16, 0.34), bar(0.16, 0.34), open(arc(-0.16, 0, 0.3, 0.3, -70, 70))], through(0.16)),
      shape([hollow(rect(0, 0, 0.5, 0.7)), open(arc(-0.25, 0, 0.34, 0.35, -90, 90))], through(0.25)),
    ],
  ),
  fitting(
    "vent",
    "Vent to atmosphere",
    [],
    [
      shape([open(line(0, 0, 0, -0.3)), hollow(poly(-0.3, -0.3, 0.3, -0.3, 0, -0.75))], [port("S", 0, 0)]),
      shape([open(line(0, 0, 0, -0.25)), open(arc(0, -0.25, 0.3, 0.3, 180, 360))], [port("S", 0, 0)]),
    ],
    "end",
  ),
  fitting(
    "drain",
    "Drain funnel",
    ["DR"],
    [
      shape(
        [open(line(-0.35, 0, 0.35, 0, 0, 0.45, -0.35, 0)), open(line(0, 0.45, 0, 0.7))],
        [port("N", 0, 0)],
      ),
      shape([solid(poly(-0.32, 0, 0.32, 0, 0, 0.4)), open(line(0, 0.4, 0, 0.7))], [port("N", 0, 0)]),
    ],
    "end",
  ),
];
