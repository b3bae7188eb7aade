import type { Failure } from "#shared/errors";
import type { ArtifactRef } from "#shared/messages";

interface Sheet {
  /** Where NATS is; credentials are those of the environment, the gateway's own. */
  url: string;
  sheet: ArtifactRef;
  /** `detections.json` */
  claims: ArtifactRef;
}

/** What to make suggestions on. */
export interface SuggestRequest extends Sheet {
  /** `graph.json`, once there is one. */
  graph?: ArtifactRef;
}

/** A diagram that waits at a gate: at that of the graph with what it shows. */
export interface NeedRequest extends Sheet {
  built?: { graph: ArtifactRef; junctions: ArtifactRef; annotations: ArtifactRef };
}

/** What the gateway sends. */
export type LookRequest = ({ ask: "suggestions" } & SuggestRequest) | ({ ask: "need" } & NeedRequest);

/** What it hears: lines for its log, then one of the others. */
export type LookAnswer = { warning: string } | { value: unknown } | { failure: Failure };
