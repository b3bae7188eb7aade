import { z } from "zod";
import { DiagramFailed, DiagramRevoked, Uid } from "#shared/messages";
import { definePipeline, type Pipeline } from "#shared/pipeline";

const Work = z.object({ uid: Uid });

/** One stage that only computes, in executor processes like detect or segment: what saturates the machine. */
export const busyPipeline: Pipeline = definePipeline({
  name: "busy",
  stream: "BUSY",
  failed: "busy.failed",
  revoked: "busy.revoked",
  messages: {
    "busy.asked": { schema: Work, state: "asked", summary: "work to do", anonymous: true },
    "busy.done": { schema: Work, state: "done", final: true, summary: "work done" },
    "busy.failed": { schema: DiagramFailed, state: "error", final: true, summary: "failed" },
    "busy.revoked": { schema: DiagramRevoked, state: "revoked", final: true, summary: "revoked" },
  },
  stages: {
    spin: {
      service: "bench",
      module: "spin",
      takes: ["busy.asked"],
      gives: ["busy.done"],
      queue: "default",
      concurrency: 8,
      summary: "keeps a core busy",
    },
  },
}) as Pipeline;
