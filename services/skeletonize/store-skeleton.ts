import type { ArtifactRef } from "#shared/messages";
import { writeMask } from "#shared/raster";
import type { StageArtifacts } from "#shared/stage";
import type { Mask } from "#shared/vision";
import { SKELETON_SOURCE } from "./same-mask.ts";

/** What an event says of a skeleton: where it is, the mask it was made of, and how wide its lines are, where there are any. */
export async function storeSkeleton(
  { skeleton, lineWidthPx }: { skeleton: Mask; lineWidthPx: number },
  source: ArtifactRef,
  artifacts: StageArtifacts,
) {
  return {
    artifacts: {
      "skeleton.png": await artifacts.put("skeleton.png", await writeMask(skeleton), "image/png"),
      [SKELETON_SOURCE]: source,
    },
    ...(lineWidthPx > 0 && { lineWidthPx }),
  };
}
