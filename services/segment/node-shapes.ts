import type { Coco } from "#shared/messages";
import { graphRoleOf } from "#shared/symbols";
import type { Point, Shape } from "#shared/vision";

/** Regions of a sheet where ink is a symbol: polygons where a person drew them, else boxes. Arrows lie on lines and hide none. */
export function nodeShapes(coco: Coco): Shape[] {
  const names = new Map(coco.categories.map(({ id, name }) => [id, name]));
  return coco.annotations
    .filter(({ category_id }) => ["node", "offpage"].includes(graphRoleOf(names.get(category_id)!)))
    .flatMap(({ bbox, segmentation }): Shape[] =>
      segmentation?.length ? segmentation.map((flat) => ({ polygon: pairs(flat) })) : [bbox],
    );
}

function pairs(flat: readonly number[]): Point[] {
  return Array.from({ length: flat.length >> 1 }, (_, i): Point => [flat[2 * i]!, flat[2 * i + 1]!]);
}
