import { arc, dashed, hollow, line, open, poly, port, rect, shape, solid } from "./draw.ts";
import type { Port, Shape, Side, Stroke, SymbolClass, Wall } from "./types.ts";

/** Upright shell with elliptic heads of depth `head`; w and h are whole even modules so that ports fall on the grid. */
function upright(
  w: number,
  h: number,
  head: number,
  inside: (w: number, h: number) => Stroke[] = () => [],
): Shape {
  const [x, y] = [w / 2, h / 2];
  const shell = `${arc(0, -y + head, x, head, 180, 360)}${arc(0, y - head, x, head, 0, 180, true)}Z`;
  return shape([hollow(shell), ...inside(w, h)], [port("N", 0, -y), port("S", 0, y)], {
    walls: walls(x, y - head),
  });
}

/** Shell with flat ends. */
function flat(w: number, h: number, inside: (w: number, h: number) => Stroke[] = () => []): Shape {
  const [x, y] = [w / 2, h / 2];
  return shape([hollow(rect(0, 0, w, h)), ...inside(w, h)], [port("N", 0, -y), port("S", 0, y)], {
    walls: walls(x, y - 0.5),
  });
}

function walls(x: number, y: number): Wall[] {
  const wall = (side: Side, at: number): Wall => ({ x1: at, y1: -y, x2: at, y2: y, side });
  return [wall("W", -x), wall("E", x)];
}

/** Lying drum; nozzles along top and bottom. */
function lying(w: number, h: number, head: number, inside: Stroke[] = []): Shape {
  const [x, y] = [w / 2, h / 2];
  const shell = `${arc(x - head, 0, head, y, -90, 90)}${arc(-x + head, 0, head, y, 90, 270, true)}Z`;
  const long = (side: Side, at: number): Wall => ({ x1: -x + head, y1: at, x2: x - head, y2: at, side });
  return shape([hollow(shell), ...inside], [port("W", -x, 0), port("E", x, 0)], {
    walls: [long("N", -y), long("S", y)],
  });
}

const heads = (w: number, h: number) => [
  open(line(-w / 2, -h / 2 + 0.5, w / 2, -h / 2 + 0.5)),
  open(line(-w / 2, h / 2 - 0.5, w / 2, h / 2 - 0.5)),
];
const trays = (count: number, dash: boolean) => (w: number, h: number) =>
  Array.from({ length: count }, (_, i) => {
    const y = -h / 2 + 1 + ((h - 2) * (i + 0.5)) / count;
    const cut = i % 2 ? [-w / 2, w / 2 - 0.35] : [-w / 2 + 0.35, w / 2];
    return dash ? dashed(line(-w / 2, y, w / 2, y)) : open(line(cut[0]!, y, cut[1]!, y));
  });
const bed = (w: number, h: number) => {
  const [x, t, b] = [w / 2, -h / 2 + 1.5, h / 2 - 1.5];
  return [open(line(-x, t, x, t)), open(line(-x, b, x, b)), open(line(-x, t, x, b)), open(line(-x, b, x, t))];
};
const stirrer = (w: number, h: number): Stroke[] => [
  open(line(0, -h / 2 - 0.6, 0, h / 4)),
  open(poly(-w / 4, h / 4 - 0.2, -w / 4, h / 4 + 0.2, w / 4, h / 4 - 0.2, w / 4, h / 4 + 0.2)),
  hollow(rect(0, -h / 2 - 0.8, 0.6, 0.5)),
];
const paddle = (w: number, h: number): Stroke[] => [
  open(line(0, -h / 2 - 0.4, 0, h / 4)),
  open(line(-w / 4, h / 4, w / 4, h / 4)),
  solid(rect(0, -h / 2 - 0.7, 0.7, 0.6)),
];
const sideOnly = (s: Shape): Shape => ({ ...s, ports: s.ports.filter((p: Port) => p.side !== "N") });
const roof = (w: number, h: number, rise: number): Shape => {
  const [x, y] = [w / 2, h / 2];
  return shape(
    [hollow(poly(-x, -y + rise, 0, -y, x, -y + rise, x, y, -x, y)), open(line(-x, -y + rise, x, -y + rise))],
    [port("N", 0, -y)],
    {
      walls: walls(x, y - Math.max(rise, 0.5)),
    },
  );
};

const vessel = (name: string, title: string, tagPrefixes: string[], variants: Shape[]): SymbolClass => ({
  name,
  superclass: "vessel",
  title,
  tagPrefixes,
  role: "equipment",
  variants,
});

/** Vessels, columns and tanks. Ports and walls lie on whole modules from the anchor. */
export const vessels: readonly SymbolClass[] = [
  vessel(
    "vessel",
    "Vertical vessel",
    ["V", "D"],
    [
      upright(4, 6, 0.8),
      upright(2, 4, 0.5),
      upright(4, 8, 0.6, heads),
      upright(2, 4, 0.4, heads),
      upright(6, 8, 1.2),
      upright(2, 6, 0.7),
      // Expansion vessel of heating networks.
      shape(
        [
          hollow(`${arc(0, -0.6, 1, 0.4, 180, 360)}L1 0.5L0 1L-1 0.5Z`),
          open(line(-1, -0.6, 1, -0.6)),
          open(line(-1, 0.5, 1, 0.5)),
        ],
        [port("S", 0, 1)],
      ),
    ],
  ),
  vessel(
    "drum",
    "Horizontal drum",
    ["V", "D"],
    [
      lying(6, 2, 0.5),
      lying(8, 4, 0.8),
      lying(4, 2, 0.5, [open(line(-1.5, -1, -1.5, 1)), open(line(1.5, -1, 1.5, 1))]),
      lying(8, 2, 0.6),
    ],
  ),
  vessel(
    "column",
    "Column",
    ["C", "T"],
    [
      upright(2, 12, 0.6, trays(9, false)),
      upright(2, 10, 0.5, trays(7, true)),
      upright(2, 10, 0.6, bed),
      upright(4, 14, 0.8, trays(10, false)),
      flat(2, 10, trays(8, true)),
    ],
  ),
  vessel(
    "tank",
    "Storage tank",
    ["TK", "T"],
    [
      roof(6, 6, 0.9),
      roof(4, 4, 0.6),
      shape(
        [
          hollow(`${arc(0, -2.2, 2, 0.6, 180, 360)}${arc(0, 2.4, 2, 0.6, 0, 180, true)}Z`),
          open(arc(0, -2.2, 2, 0.6, 0, 180)),
        ],
        [port("S", 0, 3)],
        { walls: walls(2, 2) },
      ),
      shape([open(line(-2, -2, -2, 2, 2, 2, 2, -2)), dashed(line(-2, -1.4, 2, -1.4))], [port("S", 0, 2)], {
        walls: walls(2, 1),
      }),
      flat(6, 4),
      flat(4, 2),
      flat(4, 6),
    ],
  ),
  vessel(
    "reactor",
    "Stirred reactor",
    ["R"],
    [
      sideOnly(upright(4, 6, 0.8, stirrer)),
      sideOnly(upright(4, 4, 0.6, paddle)),
      sideOnly(flat(4, 6, paddle)),
    ],
  ),
];
