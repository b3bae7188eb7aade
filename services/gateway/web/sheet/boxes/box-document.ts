import type { Coco } from "#shared/messages";
import type { Box } from "../edit/geometry.ts";

/** A symbol's box with its class. */
export interface LabelledBox {
  id: number;
  bbox: Box;
  categoryId: number;
  /** Confidence of the model, 0..1; null once a person has said so. */
  score: number | null;
}

/** What is edited at gate annotation. Never changed, only made anew. */
export interface BoxDocument {
  image: Coco["images"][number];
  categories: readonly Coco["categories"][number][];
  boxes: readonly LabelledBox[];
  /** Of the next box that is added: an id tells one box for good, also one that was deleted. */
  nextId: number;
}

/** A COCO file as a document. */
export function fromCoco(coco: Coco): BoxDocument {
  const [image] = coco.images;
  if (!image) throw new Error("the file describes no image");
  const known = Number((coco.info as { nextId?: unknown } | undefined)?.nextId ?? 0);
  return {
    image,
    nextId: coco.annotations.reduce((most, { id }) => Math.max(most, id + 1), Math.max(1, known)),
    categories: coco.categories,
    boxes: coco.annotations.map(({ id, bbox, category_id, score }) => ({
      id,
      bbox: [...bbox],
      categoryId: category_id,
      score: score ?? null,
    })),
  };
}

/** The document as plain COCO. Scores stay in a draft, and are left out of what is handed in. */
export function toCoco(document: BoxDocument, options: { scores: boolean }): Coco {
  const { image, categories, boxes, nextId } = document;
  return {
    ...(options.scores ? { info: { nextId } } : {}),
    images: [image],
    categories: [...categories],
    annotations: boxes.map(({ id, bbox, categoryId, score }) => ({
      id,
      image_id: image.id,
      category_id: categoryId,
      bbox: [...bbox],
      area: bbox[2] * bbox[3],
      iscrowd: 0,
      ...(options.scores && score !== null ? { score } : {}),
    })),
  };
}

/** Name of a box's class. */
export function className(document: BoxDocument, box: LabelledBox): string {
  return document.categories.find((each) => each.id === box.categoryId)?.name ?? `class ${box.categoryId}`;
}
