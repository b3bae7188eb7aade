import type { Coco } from "#shared/messages";
import { superclassOf } from "#shared/symbols";
import type { Detection } from "#shared/vision";

interface SheetSize {
  widthPx: number;
  heightPx: number;
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** One line per symbol, `cls xc yc w h conf`, shares of the sheet: what YOLO itself writes. */
export function toYolo(detections: readonly Detection[], { widthPx, heightPx }: SheetSize): string {
  return detections
    .map(({ bbox: [x, y, w, h], classIndex, score }) =>
      [
        classIndex,
        ...[(x + w / 2) / widthPx, (y + h / 2) / heightPx, w / widthPx, h / heightPx, score].map((v) =>
          v.toFixed(6),
        ),
      ].join(" "),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** COCO with scores. Category ids are the model's class indexes; families are named where a class is one of ours. */
export function toCoco(detections: readonly Detection[], names: readonly string[], size: SheetSize): Coco {
  return {
    images: [{ id: 1, file_name: "sheet.png", width: size.widthPx, height: size.heightPx }],
    categories: names.map((name, id) => {
      const supercategory = superclassOf(name);
      return { id, name, ...(supercategory && { supercategory }) };
    }),
    annotations: detections.map(({ bbox, classIndex, score }, i) => ({
      id: i + 1,
      image_id: 1,
      category_id: classIndex,
      bbox: bbox.map((v) => round(v, 2)) as Detection["bbox"],
      area: round(bbox[2] * bbox[3], 2),
      iscrowd: 0,
      score: round(Math.min(1, score), 4),
    })),
  };
}
