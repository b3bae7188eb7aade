import { PermanentError } from "#shared/errors";
import type { ArtifactRef } from "./artifact.ts";
import type { DiagramEvent } from "./diagram.ts";

/**
 * The artifact a stage needs, by contract name.
 * @throws PermanentError `ARTIFACT_ABSENT` when no stage before wrote it
 */
export function artifactOf(message: DiagramEvent, name: string): ArtifactRef {
  const ref = message.artifacts[name];
  if (!ref)
    throw new PermanentError("ARTIFACT_ABSENT", `the event of diagram ${message.uid} names no ${name}`);
  return ref;
}

/**
 * The sheet for a stage that does not look at colours: of a coloured one ingest also writes a grey copy, a third of the bytes.
 * @throws PermanentError `ARTIFACT_ABSENT` without a sheet
 */
export const greySheetOf = (message: DiagramEvent): ArtifactRef =>
  message.artifacts["sheet_grey.png"] ?? artifactOf(message, "sheet.png");
