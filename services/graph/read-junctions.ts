import { artifactOf, type DiagramEvent, JunctionList } from "#shared/messages";
import type { StageArtifacts } from "#shared/stage";
import type { Junction } from "#shared/vision";

/** The message says how wide lines are; here the list need not. */
const Read = JunctionList.omit({ lineWidthPx: true });

/** What is known of the places where lines meet. @throws ZodError */
export async function readJunctions(message: DiagramEvent, artifacts: StageArtifacts): Promise<Junction[]> {
  const bytes = await artifacts.get(artifactOf(message, "junctions.json"));
  return Read.parse(JSON.parse(new TextDecoder().decode(bytes))).junctions;
}
