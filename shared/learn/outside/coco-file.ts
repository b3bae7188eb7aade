import type { SheetTruth } from "./sheet-truth.ts";

/** `annotations.json` of a part of a dataset: one COCO file for all its sheets. */
export interface CocoFile {
  info: { description: string; version: string };
  images: { id: number; file_name: string; width: number; height: number }[];
  /** Ids count from 1, in the order of `classes.json`. */
  categories: { id: number; name: string; supercategory: string }[];
  annotations: {
    id: number;
    image_id: number;
    category_id: number;
    bbox: [number, number, number, number];
    area: number;
    iscrowd: 0;
  }[];
}

/** The boxes of sheets as COCO, for tools that read that. @param version name of the dataset version */
export function cocoFile(
  version: string,
  classes: readonly string[],
  sheets: readonly { file: string; truth: Pick<SheetTruth, "sheet" | "nodes" | "arrows"> }[],
): CocoFile {
  const coco: CocoFile = {
    info: { description: "boxes that people accepted", version },
    images: [],
    categories: classes.map((name, i) => ({ id: i + 1, name, supercategory: "symbol" })),
    annotations: [],
  };
  for (const { file, truth } of sheets) {
    const image_id = coco.images.length + 1;
    coco.images.push({
      id: image_id,
      file_name: file,
      width: truth.sheet.widthPx,
      height: truth.sheet.heightPx,
    });
    for (const { class: name, bbox } of [...truth.nodes, ...truth.arrows]) {
      const category_id = classes.indexOf(name ?? "") + 1;
      if (!bbox || category_id === 0) continue;
      const id = coco.annotations.length + 1;
      coco.annotations.push({ id, image_id, category_id, bbox, area: bbox[2] * bbox[3], iscrowd: 0 });
    }
  }
  return coco;
}
