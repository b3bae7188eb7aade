/** What a dead letter says about a message needs this much room beside it. */
const STORY_BYTES = 8 * 1024;

/** What nats-server takes unless told otherwise. */
const USUAL_PAYLOAD = 1024 * 1024;

/**
 * Largest message of a pipeline, headers included, in bytes: a little below the server's limit, so that every message
 * that was accepted can be kept as a dead letter with its story.
 */
export function messageLimit(maxPayload: number = USUAL_PAYLOAD): number {
  return Math.max(1024, maxPayload - STORY_BYTES);
}
