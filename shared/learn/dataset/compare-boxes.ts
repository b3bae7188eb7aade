import type { Coco } from "#shared/messages";
import { type Box, matchBoxes } from "#shared/vision";

/** A claim and what it turned out to be, or a symbol nobody claimed. */
export interface ComparedBox {
  bbox: Box;
  claimed: string | null;
  score: number | null;
  truth: string | null;
}

/**
 * Compares the detector's claims with the boxes people accepted. Boxes that overlap by half are the same symbol, whatever
 * they are called; what is left of the claims was deleted, what is left of the accepted was added.
 */
export function compareBoxes(detections: Coco, annotations: Coco): ComparedBox[] {
  const [claims, accepted] = [named(detections), named(annotations)];
  const { pairs } = matchBoxes(accepted, claims);
  const truthOf = new Map(pairs.map(([truth, claim]) => [claim, accepted[truth]!]));
  const found = new Set(pairs.map(([truth]) => truth));
  return [
    ...claims.map(
      (claim, i): ComparedBox => ({
        bbox: claim.bbox,
        claimed: claim.class,
        score: claim.score,
        truth: truthOf.get(i)?.class ?? null,
      }),
    ),
    ...accepted
      .filter((_, i) => !found.has(i))
      .map(({ bbox, class: truth }): ComparedBox => ({ bbox, claimed: null, score: null, truth })),
  ];
}

/** The boxes of a COCO file with their class names. */
export function named(coco: Coco): { bbox: Box; class: string; score: number }[] {
  const names = new Map(coco.categories.map(({ id, name }) => [id, name]));
  return coco.annotations.map(({ bbox, category_id, score }) => ({
    bbox,
    class: names.get(category_id)!,
    score: score ?? 1,
  }));
}

/** True when a person had to do something about it. */
export const wasCorrected = ({ claimed, truth }: { claimed: string | null; truth: string | null }): boolean =>
  claimed !== truth;
