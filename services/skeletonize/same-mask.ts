import type { DiagramEvent } from "#shared/messages";
import { readMask } from "#shared/raster";
import type { StageArtifacts } from "#shared/stage";
import type { Mask } from "#shared/vision";

/** Under this name an event keeps the mask its skeleton was made of, so that a correction shows. */
export const SKELETON_SOURCE = "skeleton_source.png";

/** True when the pipe mask still shows what the skeleton was made of: the same bytes, or the same pixels saved anew. */
export async function isSameMask(
  message: DiagramEvent,
  mask: Mask,
  artifacts: StageArtifacts,
): Promise<boolean> {
  const before = message.artifacts[SKELETON_SOURCE];
  if (!before) return false;
  if (before.digest === message.artifacts["pipe_mask.png"]?.digest) return true;
  const { width, height, data } = await readMask(await artifacts.get(before));
  return width === mask.width && height === mask.height && Buffer.compare(data, mask.data) === 0;
}
