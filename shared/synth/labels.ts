import { symbolClass } from "#shared/symbols";
import { type Clearance, createClearance, isClear, take } from "./clearance.ts";
import { addExtras } from "./extras.ts";
import { textWidth } from "./font.ts";
import { inkBox, toSheet } from "./placed.ts";
import type { Random } from "./random.ts";
import { centred, lookOf, textInk } from "./text-box.ts";
import type { Drafting, Plan, PlanEdge, PlanNode, PlanText, Point } from "./types.ts";

/** Writes tags, balloon letters and line numbers; line numbers that break their line leave gaps in it. */
export function addLabels(plan: Plan, random: Random): void {
  const { drafting } = plan;
  const map = createClearance(plan.widthPx, plan.heightPx);
  for (const e of plan.edges) takeEdge(map, e);
  for (const n of plan.nodes) if (n.symbol) take(map, ...inkBox(n.symbol, n.at));
  for (const e of plan.edges)
    if (e.arrow) take(map, e.arrow.at[0] - 12, e.arrow.at[1] - 12, e.arrow.at[0] + 12, e.arrow.at[1] + 12);
  for (const node of plan.nodes) inside(plan, node);
  const add = (text: PlanText) => {
    const box = textInk(drafting, text);
    if (!box) return;
    plan.texts.push(text);
    take(map, ...box);
  };
  for (const edge of plan.edges) numberLine(plan, edge, map, random, add);
  for (const node of plan.nodes) {
    const text = tagBeside(drafting, node, map, random);
    if (text) add(text);
    else if (node.symbol && !node.symbol.letters) node.tag = undefined;
    if (random.chance(drafting.callouts)) {
      const size = sizeBeside(drafting, node, map, random);
      if (size) add(size);
    }
  }
  addExtras(plan, map, random);
}

function takeEdge(map: Clearance, edge: PlanEdge): void {
  for (let i = 1; i < edge.points.length; i++) {
    const [[a, b], [c, d]] = [edge.points[i - 1]!, edge.points[i]!];
    const w = edge.widthPx;
    take(map, Math.min(a, c) - w, Math.min(b, d) - w, Math.max(a, c) + w, Math.max(b, d) + w);
  }
}

/** Text that belongs to the body of a symbol; fixed letters are drawn with the symbol itself. */
function inside(plan: Plan, node: PlanNode): void {
  const symbol = node.symbol;
  const labels = symbol?.shape.labels ?? [];
  // A bubble with nothing but letters has no longer tag that anyone could read.
  if (labels.length === 1 && labels[0]!.text === "letters") node.tag = symbol!.letters;
  for (const label of labels) {
    const text =
      label.text === "letters"
        ? symbol!.letters
        : label.text === "number"
          ? symbol!.number
          : label.text === "tag"
            ? node.tag
            : undefined;
    if (!text) continue;
    const at = toSheet(symbol!, node.at, label.x, label.y);
    const upright = symbol!.turns % 2 === 0 || symbol!.shape.labels!.length > 1;
    const height = label.height * symbol!.scale;
    // Two lines keep their order on paper even when the symbol is turned.
    const where: Point =
      symbol!.shape.labels!.length > 1 ? [node.at[0], node.at[1] + label.y * symbol!.scale] : at;
    plan.texts.push({
      ...shrinkToFit(plan.drafting, text, height, where, upright ? 0 : -90, symbol!, label.room),
      of: node.id,
    });
  }
}

/** Shrinks a text until it fits the body. */
function shrinkToFit(
  drafting: Drafting,
  text: string,
  height: number,
  at: Point,
  angle: 0 | -90,
  symbol: { scale: number; name: string },
  own?: number,
): PlanText {
  const usual =
    symbol.name === "offpage_connector"
      ? 2
      : symbol.name === "plc" || symbol.name === "interlock"
        ? 0.62
        : 0.92;
  const room = symbol.scale * (own ?? usual);
  const width = textWidth(text, lookOf(drafting, { height }));
  return centred(drafting, text, width > room ? (height * room) / width : height, at, angle);
}

/** A tag next to its symbol, where there is room; sometimes squeezed in where there is not. */
function tagBeside(drafting: Drafting, node: PlanNode, map: Clearance, random: Random): PlanText | undefined {
  if (!node.symbol || !node.tag) return undefined;
  const known = symbolClass(node.symbol.name)!;
  if (
    (known.role === "balloon" && node.symbol.shape.labels) ||
    node.symbol.shape.labels?.some((l) => l.text === "tag" || l.text === "number")
  )
    return undefined;
  if (!random.chance(drafting.tagChance)) return undefined;
  const [x0, y0, x1, y1] = inkBox(node.symbol, node.at);
  const height =
    drafting.textHeight *
    (known.role === "equipment" && known.superclass !== "valve" ? random.pick([1, 1.3, 1.6]) : 1);
  const w = textWidth(node.tag, lookOf(drafting, { height }));
  const gap = height * random.real(0.35, 0.8);
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const spots: [Point, 0 | -90][] = [
    [[cx, y0 - gap - height / 2], 0],
    [[cx, y1 + gap + height / 2], 0],
    [[x1 + gap + w / 2, cy], 0],
    [[x0 - gap - w / 2, cy], 0],
    [[x0 + w / 2, y0 - gap - height / 2], 0],
    [[x1 + gap + w / 2, y0 + height / 2], 0],
  ];
  const upwards: [Point, 0 | -90][] = [
    [[x1 + gap + height / 2, cy], -90],
    [[x0 - gap - height / 2, cy], -90],
  ];
  const tall = node.symbol.turns % 2 === 1;
  const order = known.role === "inline" && tall ? [...upwards, ...spots] : spots;
  const big =
    x1 - x0 > w * 1.3 && y1 - y0 > height * 4 && (known.superclass === "vessel" || known.name === "tank");
  if (big && ["vessel", "tank", "drum"].includes(known.name) && random.chance(0.6))
    return { ...centred(drafting, node.tag, height, [cx, cy]), of: node.id };
  for (const [at, angle] of order) {
    const text = { ...centred(drafting, node.tag, height, at, angle), of: node.id };
    const box = textInk(drafting, text);
    if (box && isClear(map, box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2)) return text;
  }
  if (!random.chance(drafting.crowding)) return undefined;
  const [at, angle] = order[0]!;
  return { ...centred(drafting, node.tag, height, at, angle), of: node.id };
}

/** Nominal size or specification of a small symbol, in small letters at any free side. */
function sizeBeside(
  drafting: Drafting,
  node: PlanNode,
  map: Clearance,
  random: Random,
): PlanText | undefined {
  if (!node.symbol || symbolClass(node.symbol.name)!.role !== "inline") return undefined;
  const text = random.pick([
    "DN25",
    "2x1",
    "NC",
    "LO",
    "FC",
    '3/4"',
    "80 / 50",
    "PN16",
    "25-CS",
    "SET 6.5 BARG",
  ]);
  const height = Math.max(7, drafting.textHeight * 0.7);
  const w = textWidth(text, lookOf(drafting, { height }));
  const [x0, y0, x1, y1] = inkBox(node.symbol, node.at);
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const gap = height * 0.5;
  const spots: Point[] = [
    [cx, y1 + gap + height / 2],
    [x1 + gap + w / 2, cy],
    [cx, y0 - gap - height / 2],
    [x0 - gap - w / 2, cy],
  ];
  for (const at of random.shuffle(spots)) {
    const placed = { ...centred(drafting, text, height, at), of: node.id };
    const box = textInk(drafting, placed);
    if (box && isClear(map, ...box)) return placed;
  }
  return undefined;
}

const fluids = ["P", "W", "CW", "ST", "HW", "MN", "NG", "AIR", "N2", "CON"];

function numberLine(
  plan: Plan,
  edge: PlanEdge,
  map: Clearance,
  random: Random,
  add: (text: PlanText) => void,
): void {
  const { drafting } = plan;
  if (edge.line !== "process" || drafting.lineNumber === "none" || !random.chance(0.4)) return;
  const size = random.pick(['1"', '2"', '3"', '4"', '6"', '8"', "DN50", "DN80", "100"]);
  const text = `${size}-${random.pick(fluids)}-${random.int(100, 9999)}${random.pick(["", "-A1B", "-CS2", "-ET"])}`;
  const height = drafting.textHeight * random.pick([0.9, 1]);
  const w = textWidth(text, lookOf(drafting, { height }));
  for (let i = 1; i < edge.points.length; i++) {
    const [a, b] = [edge.points[i - 1]!, edge.points[i]!];
    const long = Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
    if (long < w + plan.grid.cell) continue;
    const flat = a[1] === b[1];
    const t = (w / 2 + plan.grid.cell * 0.4) / long;
    const k = random.real(t, 1 - t);
    const mid: Point = [a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k];
    const breaking = drafting.lineNumber === "break" && random.chance(0.8);
    const lift = breaking ? 0 : height / 2 + edge.widthPx / 2 + height * 0.4;
    const at: Point = flat ? [mid[0], mid[1] - lift] : [mid[0] - lift, mid[1]];
    const label = { ...centred(drafting, text, height, at, flat ? 0 : -90), of: edge.id };
    const box = textInk(drafting, label)!;
    if (
      breaking
        ? !clearAround(plan, edge, mid, flat, w, height)
        : !isClear(map, box[0], box[1], box[2], box[3])
    )
      continue;
    if (breaking) {
      const half = w / 2 + height * 0.35;
      edge.gaps.push(
        flat
          ? [
              [mid[0] - half, mid[1]],
              [mid[0] + half, mid[1]],
            ]
          : [
              [mid[0], mid[1] - half],
              [mid[0], mid[1] + half],
            ],
      );
    }
    edge.number = text;
    add(label);
    return;
  }
}

/** No other line, symbol or arrow in the box a breaking number needs. */
function clearAround(
  plan: Plan,
  edge: PlanEdge,
  mid: Point,
  flat: boolean,
  w: number,
  height: number,
): boolean {
  const [rx, ry] = flat ? [w / 2 + height, height] : [height, w / 2 + height];
  const hit = (x0: number, y0: number, x1: number, y1: number) =>
    x1 > mid[0] - rx && x0 < mid[0] + rx && y1 > mid[1] - ry && y0 < mid[1] + ry;
  for (const e of plan.edges) {
    if (e !== edge)
      for (let i = 1; i < e.points.length; i++) {
        const [[a, b], [c, d]] = [e.points[i - 1]!, e.points[i]!];
        if (hit(Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d))) return false;
      }
    if (e.arrow && hit(e.arrow.at[0] - 20, e.arrow.at[1] - 20, e.arrow.at[0] + 20, e.arrow.at[1] + 20))
      return false;
  }
  return plan.nodes.every((n) => !n.symbol || !hit(...inkBox(n.symbol, n.at)));
}
