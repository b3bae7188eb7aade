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
  const { arms, dotRadiusPx, armWidthPx, arc } = candidate;
  if (arms.length <= 2) return { kind: "bend", score: 0.95 };
  if (arms.length === 3) return { kind: "tee", score: 0.95 };
  if (arms.length > 4) return { kind: "cross", score: 0.6 };
  // Where two bare lines cross at right angles the largest disc has 0.7 of a width as radius.
  const dot = dotRadiusPx / Math.max(armWidthPx, options.lineWidthPx, 1);
  if (dot > 1) return { kind: "cross", score: Math.min(0.99, 0.5 + 0.5 * (dot - 0.7)) };
  if (arc > 0.5) return { kind: "bridge", score: Math.min(0.99, 0.6 + 0.3 * arc) };
  const turns = [turnBetween(arms[0]!, arms[2]!), turnBetween(arms[1]!, arms[3]!)];
  const worst = Math.max(...turns);
  if (worst > 0.8) return { kind: "cross", score: 0.55 };
  return { kind: "plain", score: Math.max(0.5, 0.95 - 0.4 * worst - Math.max(0, dot - 0.8)) };
}
