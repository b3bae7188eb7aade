import { z } from "zod";
import { Box } from "./graph.ts";

export const CocoAnnotation = z.object({
  id: z.number().int(),
  image_id: z.number().int(),
  category_id: z.number().int(),
  bbox: Box,
  area: z.number().nonnegative().optional(),
  iscrowd: z.union([z.literal(0), z.literal(1)]).optional(),
  segmentation: z.array(z.array(z.number())).optional(),
  /** Confidence in 0..1; present in `detections.json`, absent in `annotations.json`. */
  score: z.number().min(0).max(1).optional(),
});
export type CocoAnnotation = z.infer<typeof CocoAnnotation>;

/** Plain COCO, one image per file, as CVAT and labelling tools read it. Boxes in sheet pixels `[x, y, w, h]`. */
export const Coco = z
  .object({
    info: z.record(z.string(), z.unknown()).optional(),
    images: z
      .array(z.object({ id: z.number().int(), file_name: z.string(), width: z.number(), height: z.number() }))
      .length(1),
    categories: z.array(
      z.object({
        id: z.number().int(),
        name: z.string().min(1).max(200),
        supercategory: z.string().optional(),
      }),
    ),
    annotations: z.array(CocoAnnotation).max(200_000),
  })
  .superRefine((coco, ctx) => {
    const known = new Set(coco.categories.map((c) => c.id));
    for (const a of coco.annotations)
      if (!known.has(a.category_id))
        ctx.addIssue({
          code: "custom",
          message: `annotation ${a.id} names category ${a.category_id}, which does not exist`,
        });
  });
export type Coco = z.infer<typeof Coco>;
