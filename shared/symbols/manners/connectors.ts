import { circle, hollow, line, open, poly, port, rect, shape, solid, through } from "../draw.ts";
import type { Label, Manners } from "../types.ts";

const end = [port("W", 0, 0)];
const tag = (x: number, room: number, height = 0.26): { labels: Label[] } => ({
  labels: [{ x, y: 0, height, text: "tag", room }],
});
const letter = (text: string, x: number, height: number): { labels: Label[] } => ({
  labels: [{ x, y: 0, height, text }],
});
const half = through(0.5);

/** Further connectors to other sheets, and flow arrows: filled, outlined, halves, chevrons, doubles. */
export const connectorManners: Manners = {
  offpage_connector: [
    shape([hollow(poly(0, 0, 0.4, -0.4, 2.5, -0.4, 2.9, 0, 2.5, 0.4, 0.4, 0.4))], end, tag(1.45, 2)),
    shape([hollow(poly(0, -0.3, 1.1, -0.3, 1.5, 0, 1.1, 0.3, 0, 0.3))], end, tag(0.6, 0.95, 0.24)),
    shape([hollow(poly(0, -0.3, 1, -0.3, 1.35, 0, 1, 0.3, 0, 0.3))], end),
    shape([solid(poly(0, -0.14, 0.3, 0, 0, 0.14)), hollow(rect(1.7, 0, 2.8, 0.8))], end, tag(1.7, 2.4)),
    shape([hollow(rect(1.8, 0, 3.6, 1)), open(line(0.9, -0.5, 0.9, 0.5))], end, tag(2.2, 2.3)),
    shape(
      [open(line(0, 0, 0.2, 0)), solid(poly(0, -0.16, 0.36, 0, 0, 0.16)), hollow(circle(0.76, 0, 0.4))],
      end,
      letter("A", 0.76, 0.36),
    ),
    shape(
      [hollow(poly(0, -0.3, 0.3, 0, 0, 0.3)), hollow(circle(0.65, 0, 0.35))],
      end,
      letter("B", 0.65, 0.3),
    ),
    shape(
      [
        hollow(
          poly(
            0,
            0,
            0.6,
            -0.5,
            0.6,
            -0.28,
            1.6,
            -0.28,
            1.6,
            -0.5,
            2.2,
            0,
            1.6,
            0.5,
            1.6,
            0.28,
            0.6,
            0.28,
            0.6,
            0.5,
          ),
        ),
      ],
      end,
    ),
    shape([hollow(poly(0, -0.3, 3.6, -0.3, 4, 0, 3.6, 0.3, 0, 0.3))], end, tag(1.8, 3.2, 0.24)),
  ],
  flow_arrow: [
    shape([open(poly(-0.5, -0.3, 0.5, 0, -0.5, 0.3))], half),
    shape([solid(poly(-0.5, -0.13, 0.5, 0, -0.5, 0.13))], half),
    shape([solid(poly(-0.35, -0.42, 0.35, 0, -0.35, 0.42))], through(0.35)),
    // Half a head.
    shape([solid(poly(-0.5, 0, 0.5, 0, -0.5, -0.34))], half),
    shape([open(line(-0.4, -0.34, 0.4, 0))], through(0.4)),
    // Barbs, double chevron, two heads.
    shape([open(line(-0.5, -0.24, 0.5, 0, -0.5, 0.24))], half),
    shape([open(line(-0.5, -0.32, -0.05, 0, -0.5, 0.32)), open(line(0.05, -0.32, 0.5, 0, 0.05, 0.32))], half),
    shape([solid(poly(-0.5, -0.26, 0, 0, -0.5, 0.26)), solid(poly(0, -0.26, 0.5, 0, 0, 0.26))], half),
    shape([open(poly(-0.5, -0.34, 0.5, 0, -0.5, 0.34, -0.25, 0))], half),
  ],
};
