import { hollow, line, open, poly, port, shape, solid } from "./draw.ts";
import type { SymbolClass } from "./types.ts";

/** Off-page connectors and flow arrows. The connector points away from the sheet: its line arrives from the west. */
export const connectors: readonly SymbolClass[] = [
  {
    name: "offpage_connector",
    superclass: "connector",
    title: "Off-page connector",
    tagPrefixes: ["PID", "D"],
    role: "end",
    variants: [
      shape([hollow(poly(0, -0.4, 2.4, -0.4, 2.9, 0, 2.4, 0.4, 0, 0.4))], [port("W", 0, 0)], {
        labels: [{ x: 1.25, y: 0, height: 0.26, text: "tag" }],
      }),
      shape(
        [hollow(poly(0, -0.35, 0.5, -0.35, 0.5, -0.6, 1.1, 0, 0.5, 0.6, 0.5, 0.35, 0, 0.35))],
        [port("W", 0, 0)],
      ),
      shape([hollow(poly(0, 0, 0.5, -0.4, 2.9, -0.4, 2.9, 0.4, 0.5, 0.4))], [port("W", 0, 0)], {
        labels: [{ x: 1.7, y: 0, height: 0.26, text: "tag" }],
      }),
      shape([hollow(poly(0, -0.4, 2.2, -0.4, 2.2, 0.4, 0, 0.4))], [port("W", 0, 0)], {
        labels: [{ x: 1.1, y: 0, height: 0.26, text: "tag" }],
      }),
    ],
  },
  {
    name: "flow_arrow",
    superclass: "connector",
    title: "Flow direction arrow",
    tagPrefixes: [],
    role: "mark",
    variants: [
      shape([solid(poly(-0.5, -0.32, 0.5, 0, -0.5, 0.32))], [port("W", -0.5, 0), port("E", 0.5, 0)]),
      shape([solid(poly(-0.5, -0.2, 0.5, 0, -0.5, 0.2))], [port("W", -0.5, 0), port("E", 0.5, 0)]),
      shape([open(line(-0.3, -0.4, 0.3, 0, -0.3, 0.4))], [port("W", -0.3, 0), port("E", 0.3, 0)]),
      shape(
        [solid(poly(-0.5, -0.36, 0.5, 0, -0.5, 0.36, -0.25, 0))],
        [port("W", -0.5, 0), port("E", 0.5, 0)],
      ),
    ],
  },
];
