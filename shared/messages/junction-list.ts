import { z } from "zod";
import { Point } from "./graph.ts";

/** `junctions.json`: places where lines meet or pass, in sheet pixels, as the classify stage writes them. */
export const JunctionList = z.object({
  version: z.literal(1),
  lineWidthPx: z.number().positive().default(4),
  junctions: z.array(
    z.object({
      at: Point,
      kind: z.enum(["tee", "cross", "plain", "bridge", "bend"]),
      /** How sure, 0..1. */
      score: z.number(),
      /** Unit vectors of the lines that leave. */
      arms: z.array(Point),
      /** Which arm goes on as which, indexes in `arms`. */
      continues: z.array(z.tuple([z.number().int(), z.number().int()])),
    }),
  ),
});
export type JunctionList = z.infer<typeof JunctionList>;
