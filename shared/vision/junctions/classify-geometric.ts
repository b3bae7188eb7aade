import { turnBetween } from "./pair-arms.ts";
import type { JunctionCandidate, JunctionKind } from "./types.ts";

/**
 * Names a place from its geometry alone: three arms are a tee; four arms are a cross where a dot sits on them, a bridge
 * where two of them form an arc, and otherwise lines that only pass, as drawing standards have it (ISO 10628: lines that
 * cross are not connected unless marked). Used where no network is at hand or it is unsure.
 */
export function classifyGeometric(
  candidate: JunctionCandidate,
  options: { lineWidthPx: number },
): { kind: JunctionKind; score: number } {
  const { arms, arc } = candidate;
  if (arms.length <= 2) return { kind: "bend", score: 0.95 };
  if (arms.length === 3) return { kind: "tee", score: 0.95 };
  if (arms.length > 4) return { kind: "cross", score: 0.6 };
  const dot = dotExcess(candidate, options.lineWidthPx);
  // Close to its top an arc adds ink beside the crossing, so beside an arc only a large disc is a dot.
  if (dot > (arc > 0.5 ? 0.8 : 0)) return { kind: "cross", score: Math.min(0.99, 0.6 + 0.5 * dot) };
  if (arc > 0.5) return { kind: "bridge", score: Math.min(0.99, 0.6 + 0.3 * arc) };
  const turns = [turnBetween(arms[0]!, arms[2]!), turnBetween(arms[1]!, arms[3]!)].sort((a, b) => a - b);
  const [best, worst] = turns as [number, number];
  // One line runs straight and the other arms fall away from it alike: an arc too small or too broken to be measured.
  if (worst > 0.6 && best < 0.3) return { kind: "bridge", score: 0.6 };
  if (worst > 0.8) return { kind: "cross", score: 0.55 };
  return { kind: "plain", score: Math.max(0.5, Math.min(0.95, 0.9 - 0.4 * worst - 0.3 * dot)) };
}

/**
 * By how much the largest ink disc at a crossing of four arms exceeds what two bare lines of these widths hold where they cross at
 * right angles (half the diagonal of the rectangle they share), as a share of that, less a margin: above 0 it is a dot.
 */
export function dotExcess(candidate: JunctionCandidate, lineWidthPx: number): number {
  const { surplusPx, barePx } = dotSurplus(candidate, lineWidthPx);
  // Thin lines are uncertain by about a pixel.
  return (surplusPx - Math.max(0.2 * barePx, 0.85)) / barePx;
}

/** Radius of the largest ink disc beyond that of two bare lines, px: not above 0 there is nothing to be seen of a dot. */
export function dotSurplus(
  { dotRadiusPx, armWidthsPx }: JunctionCandidate,
  lineWidthPx: number,
): { surplusPx: number; barePx: number } {
  // An arm that begins in the gap of a dashed line has no width of its own.
  const width = (a: number, b: number) => {
    const [one, two] = [armWidthsPx[a] ?? 0, armWidthsPx[b] ?? 0];
    return one > 0 && two > 0 ? (one + two) / 2 : Math.max(one, two) || lineWidthPx;
  };
  const barePx = Math.hypot(width(0, 2), width(1, 3)) / 2;
  // Distances run between pixel centres, which adds half a pixel to a radius.
  return { surplusPx: dotRadiusPx - 0.5 - barePx, barePx };
}
