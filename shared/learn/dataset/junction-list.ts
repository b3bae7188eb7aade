import { z } from "zod";
import { Point } from "#shared/messages";
import type { Junction } from "#shared/vision";

const JunctionList = z.object({
  version: z.literal(1),
  lineWidthPx: z.number().positive().default(4),
  junctions: z.array(
    z.object({
      at: Point,
      kind: z.enum(["tee", "cross", "plain", "bridge", "bend"]),
      score: z.number(),
      arms: z.array(Point),
      continues: z.array(z.tuple([z.number().int(), z.number().int()])),
    }),
  ),
});

/** `junctions.json` version 1, as the classify stage writes it. @throws ZodError */
export const readJunctionList = (json: unknown): { lineWidthPx: number; junctions: Junction[] } =>
  JunctionList.parse(json);
