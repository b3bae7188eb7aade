import { type Clearance, isClear, take } from "./clearance.ts";
import { pointOf } from "./grid.ts";
import { addMarks } from "./marks/add-marks.ts";
import { inkBox } from "./placed.ts";
import type { Random } from "./random.ts";
import { textInk } from "./text-box.ts";
import type { Plan, PlanText } from "./types.ts";

const services = [
  "FEED",
  "REFLUX",
  "CONDENSATE",
  "STEAM",
  "COOLING WATER",
  "PRODUCT",
  "FLARE",
  "RECYCLE",
  "SUPPLY",
  "RETURN",
];

/** Descriptions in white places, drafting marks and dashed or dotted package limits around groups: ink that is no line, as real sheets have it. */
export function addExtras(plan: Plan, map: Clearance, random: Random): void {
  const { widthPx, heightPx, drafting, grid } = plan;
  const blocks = random.int(0, 8);
  for (let i = 0; i < blocks; i++) {
    const height = drafting.textHeight * random.real(0.8, 1.2);
    const lines = [
      `${random.pick(["P", "E", "V", "C", "TK"])}-${random.int(100, 999)}`,
      random.pick(services),
    ];
    for (let k = random.int(0, 3); k > 0; k--)
      lines.push(
        `${random.pick(["DP", "DT", "CAP", "DN", "PN", "KW"])}: ${random.int(1, 900)} ${random.pick(["BARG", "C", "M3/H", "MM", ""])}`,
      );
    const [x, y] = [random.real(grid.origin[0], widthPx * 0.8), random.real(grid.origin[1], heightPx * 0.8)];
    const texts = lines.map(
      (text, k): PlanText => ({ at: [x, y + k * height * 1.7], text, height, angle: 0 }),
    );
    const boxes = texts.map((t) => textInk(drafting, t)).filter((b) => b !== undefined);
    const whole = [
      Math.min(...boxes.map((b) => b[0])),
      Math.min(...boxes.map((b) => b[1])),
      Math.max(...boxes.map((b) => b[2])),
      Math.max(...boxes.map((b) => b[3])),
    ] as const;
    const [right, bottom] = [
      grid.origin[0] + grid.columns * grid.cell,
      grid.origin[1] + grid.rows * grid.cell,
    ];
    if (
      whole[2] > right ||
      whole[3] > bottom ||
      !isClear(map, whole[0] - 8, whole[1] - 8, whole[2] + 8, whole[3] + 8)
    )
      continue;
    plan.texts.push(...texts);
    take(map, ...whole);
  }
  addMarks(plan, map, random);
  if (random.chance(0.35)) for (let i = random.int(1, 3); i > 0; i--) packageLimit(plan, random);
}

/** A dashed box halfway between grid lines, so that it crosses lines but never runs along them or through a small symbol. */
function packageLimit(plan: Plan, random: Random): void {
  const { grid, drafting } = plan;
  const [w, h] = [random.int(4, 14), random.int(4, 10)];
  if (grid.columns < w + 3 || grid.rows < h + 3) return;
  const [c, r] = [random.int(0, grid.columns - w - 2), random.int(0, grid.rows - h - 2)];
  const [x0, y0] = pointOf(grid, r * grid.columns + c).map((v) => v + grid.cell / 2) as [number, number];
  const [x1, y1] = [x0 + w * grid.cell, y0 + h * grid.cell];
  const sides = [
    [x0, y0, x1, y0],
    [x1, y0, x1, y1],
    [x0, y1, x1, y1],
    [x0, y0, x0, y1],
  ] as const;
  const hits = sides.some(([a, b, d, e]) =>
    plan.nodes.some((n) => {
      if (!n.symbol) return false;
      const [p, q, s, t] = inkBox(n.symbol, n.at);
      return s > a - 4 && p < d + 4 && t > b - 4 && q < e + 4;
    }),
  );
  const onText = plan.texts.some((t) => {
    const box = textInk(drafting, t);
    return (
      box &&
      sides.some(([a, b, d, e]) => box[2] > a - 4 && box[0] < d + 4 && box[3] > b - 4 && box[1] < e + 4)
    );
  });
  if (hits || onText) return;
  const thin = Math.max(1.5, drafting.thinWidth);
  const dash = random.pick([
    [grid.cell * 0.25, grid.cell * 0.15],
    [thin, thin * 1.6],
    [grid.cell * 0.5, grid.cell * 0.1, grid.cell * 0.06, grid.cell * 0.1],
  ]);
  for (const [a, b, d, e] of sides)
    plan.marks.push({
      points: [
        [a, b],
        [d, e],
      ],
      widthPx: thin,
      dash,
    });
}
