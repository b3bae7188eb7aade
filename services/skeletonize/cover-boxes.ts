import { Coco, type DiagramEvent, TEXT_STYLE } from "#shared/messages";
import { readGrey } from "#shared/raster";
import type { StageArtifacts } from "#shared/stage";
import { graphRoleOf } from "#shared/symbols";
import { type Box, maskOfClasses, regionBoxes } from "#shared/vision";

/** Places where a line may run on without showing: under texts the segmenter saw, and under arrow heads, which are also told apart. */
export async function coverBoxes(
  message: DiagramEvent,
  artifacts: StageArtifacts,
): Promise<{ coverBoxes: Box[]; arrowBoxes: Box[] }> {
  const texts: Box[] = [];
  const arrowBoxes: Box[] = [];
  const { "style_mask.png": styles, "annotations.json": annotations } = message.artifacts;
  if (styles)
    texts.push(...regionBoxes(maskOfClasses(await readGrey(await artifacts.get(styles)), [TEXT_STYLE])));
  if (annotations) {
    const coco = Coco.parse(JSON.parse(new TextDecoder().decode(await artifacts.get(annotations))));
    const arrows = new Set(
      coco.categories.filter(({ name }) => graphRoleOf(name) === "arrow").map(({ id }) => id),
    );
    for (const { bbox, category_id } of coco.annotations) if (arrows.has(category_id)) arrowBoxes.push(bbox);
  }
  return { coverBoxes: [...texts, ...arrowBoxes], arrowBoxes };
}
