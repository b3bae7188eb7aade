import { z } from "zod";
import { artifactOf, type DiagramEvent, Point } from "#shared/messages";
import type { StageArtifacts } from "#shared/stage";
import type { Junction } from "#shared/vision";

/** `junctions.json` version 1, as the classify stage writes it. */
const JunctionList = z.object({
  version: z.literal(1),
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

export async function readJunctions(message: DiagramEvent, artifacts: StageArtifacts): Promise<Junction[]> {
  const bytes = await artifacts.get(artifactOf(message, "junctions.json"));
  return JunctionList.parse(JSON.parse(new TextDecoder().decode(bytes))).junctions;
}
