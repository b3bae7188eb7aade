import { z } from "zod";
import { DiagramFailed, DiagramRevoked, Uid } from "#shared/messages";
import { definePipeline } from "#shared/pipeline";

/** What the toy handler does with a message, besides adding one. */
export const Behaviour = z.enum([
  "work",
  "throw",
  "permanent",
  "crash",
  "block",
  "wait",
  "fail-once",
  "crash-once",
]);

const Numbered = z.object({
  uid: Uid.optional(),
  n: z.number(),
  do: Behaviour.default("work"),
  /** How long `wait` and `block` take, in ms. */
  ms: z.number().default(0),
});

/** Two stages: one in executor processes, one on the event loop. Small numbers, so that tests are quick. */
export const toyPipeline = definePipeline({
  name: "toy",
  stream: "TOY",
  failed: "toy.failed",
  revoked: "toy.revoked",
  messages: {
    "toy.begun": { schema: Numbered, state: "begun", anonymous: true, summary: "a number" },
    "toy.added": { schema: Numbered, state: "added", summary: "one more" },
    "toy.finished": { schema: Numbered, state: "finished", final: true, summary: "two more" },
    "toy.failed": { schema: DiagramFailed, state: "error", final: true, summary: "failed" },
    "toy.revoked": { schema: DiagramRevoked, state: "revoked", final: true, summary: "revoked" },
  },
  stages: {
    add: {
      service: "toy",
      module: "add",
      takes: ["toy.begun"],
      gives: ["toy.added"],
      queue: "default",
      summary: "Adds one, in an executor process.",
      concurrency: 2,
      retryDelayMs: 50,
      // Nothing here dies without its worker noticing: a stall of the machine must not look like a death.
      ackWaitMs: 15_000,
      softLimitMs: 8_000,
      hardLimitMs: 10_000,
    },
    finish: {
      service: "toy",
      module: "finish",
      takes: ["toy.added"],
      gives: ["toy.finished"],
      queue: "light",
      inline: true,
      summary: "Adds one, on the event loop.",
      retryDelayMs: 50,
    },
  },
});
