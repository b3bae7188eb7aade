export {
  ARTIFACT_LIMIT_BYTES,
  type ArtifactStore,
  attemptPrefix,
  objectArtifacts,
} from "./object-artifacts.ts";
export { type PutObject, putObject } from "./put-object.ts";
