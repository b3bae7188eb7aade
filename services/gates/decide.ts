import { z } from "zod";
import type { DiagramEvent, Gate } from "#shared/messages";

export const gateSettings = z.object({
  threshold: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0.8)
    .describe('a diagram in review "auto" passes when its least certain item is at least this sure, 0..1'),
});

/**
 * True when nobody has to look: review is off, or it is automatic, every item is sure enough, and nothing much speaks against
 * the sheet. Unknown is not sure.
 */
export function passes(message: DiagramEvent, gate: Gate, threshold: number): boolean {
  if (message.review === "none") return true;
  if ((message.quality?.score ?? 1) < threshold) return false;
  return message.review === "auto" && (message.confidence[gate] ?? 0) >= threshold;
}
