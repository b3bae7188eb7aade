import { z } from "zod";

/** Why a sheet or what was read from it is to be doubted: a code, what it means, and how much it weighs (0..1). */
const REASONS = {
  INVERTED: [0.05, "light ink on dark paper; it was inverted"],
  SKEWED: [0.05, "the scan was skewed; it was straightened"],
  UNEVEN_LIGHT: [
    0.3,
    "the light is uneven, as on a photograph; the ground was levelled, faint lines may be lost",
  ],
  LOW_CONTRAST: [0.3, "ink and paper differ little; faint lines may be lost"],
  LOW_RESOLUTION: [
    0.4,
    "lines are thinner than two pixels or the sheet is smaller than 800 px; scan it finer",
  ],
  TURNED: [0.05, "the text ran sideways or stood on its head; the sheet was turned upright"],
  ROTATED: [0.3, "most text runs up or down the sheet; it may be turned by 90°"],
  BLANK: [1, "there is no ink on the sheet"],
  NO_LINES: [1, "no line was found"],
  FEW_SYMBOLS: [
    0.5,
    "hardly any symbol for the lines there are; this may be no P&ID, or of a kind unknown here",
  ],
  MANY_LOOSE_ENDS: [0.4, "many lines end in the open; symbols or pieces of lines were missed"],
} as const satisfies Record<string, readonly [weight: number, message: string]>;

export type QualityCode = keyof typeof REASONS;

/** How far a sheet and its reading can be trusted: 1 where nothing speaks against it. */
export const Quality = z.object({
  score: z.number().min(0).max(1),
  reasons: z.array(z.object({ code: z.string().max(60), message: z.string().max(500) })).max(50),
});
export type Quality = z.infer<typeof Quality>;

/** The quality that follows from what speaks against a sheet: every reason takes its share of what the others left. */
export function qualityOf(codes: readonly QualityCode[]): Quality {
  const score = codes.reduce((left, code) => left * (1 - REASONS[code][0]), 1);
  return {
    score: Math.round(score * 100) / 100,
    reasons: codes.map((code) => ({ code, message: REASONS[code][1] })),
  };
}

/** What two stages have against a sheet, together. */
export function mergeQuality(before: Quality | undefined, more: Quality): Quality {
  if (!before) return more;
  return {
    score: Math.round(before.score * more.score * 100) / 100,
    reasons: [...before.reasons, ...more.reasons],
  };
}
