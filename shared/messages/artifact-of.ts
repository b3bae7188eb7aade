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
