import { z } from "zod";
import type { DiagramEvent } from "#shared/messages";
import type { StageArtifacts } from "#shared/stage";

const Sheet = z.object({ dpi: z.number().positive().nullish().catch(undefined) });

/** Resolution of the sheet, as ingest read it from the file; undefined when the file did not tell or a person submitted none. */
export async function readDpi(message: DiagramEvent, artifacts: StageArtifacts): Promise<number | undefined> {
  const ref = message.artifacts["sheet.json"];
  if (!ref) return undefined;
  const text = new TextDecoder().decode(await artifacts.get(ref));
  return Sheet.parse(JSON.parse(text)).dpi ?? undefined;
}
