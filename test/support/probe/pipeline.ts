import { z } from "zod";
import { DiagramFailed, DiagramRevoked, Uid } from "#shared/messages";
import { definePipeline } from "#shared/pipeline";

const Probe = z.object({
  uid: Uid,
  /** How long the handler holds on to its model, ms. */
  ms: z.number().default(0),
  /** Version of the model before and after that wait. */
  before: z.string().optional(),
  after: z.string().optional(),
  /** What the model said of an empty patch. */
  said: z.array(z.number()).optional(),
});

/** One stage that runs a model in an executor process: to see which version does. */
export const probePipeline = definePipeline({
  name: "probe",
  stream: "PROBE",
  failed: "probe.failed",
  revoked: "probe.revoked",
  messages: {
    "probe.asked": { schema: Probe, state: "asked", summary: "asked", anonymous: true },
    "probe.answered": { schema: Probe, state: "answered", final: true, summary: "answered" },
    "probe.failed": { schema: DiagramFailed, state: "error", final: true, summary: "failed" },
    "probe.revoked": { schema: DiagramRevoked, state: "revoked", final: true, summary: "revoked" },
  },
  stages: {
    look: {
      service: "probe",
      module: "look",
      takes: ["probe.asked"],
      gives: ["probe.answered"],
      queue: "default",
      models: ["classification"],
      summary: "Asks the junction network about an empty patch.",
      concurrency: 1,
      retries: 0,
    },
  },
});
