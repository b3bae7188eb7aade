import { z } from "zod";
import { DiagramFailed, DiagramRevoked, Uid } from "#shared/messages";
import { definePipeline, type Pipeline, type StageSpec } from "#shared/pipeline";

/** Stages of the chain, as many as the diagram pipeline has between upload and graph. */
export const HOPS = 7;

const Step = z.object({ uid: Uid, at: z.number() });

const types = Array.from({ length: HOPS + 1 }, (_, hop) => `chain.s${hop}`);

/** Seven no-op stages in a row: what is left is the cost of the runtime. */
export const chainPipeline: Pipeline = definePipeline({
  name: "chain",
  stream: "CHAIN",
  failed: "chain.failed",
  revoked: "chain.revoked",
  messages: {
    ...Object.fromEntries(
      types.map((type, hop) => [
        type,
        { schema: Step, state: `s${hop}`, final: hop === HOPS, summary: `after ${hop} hops` },
      ]),
    ),
    "chain.failed": { schema: DiagramFailed, state: "error", final: true, summary: "failed" },
    "chain.revoked": { schema: DiagramRevoked, state: "revoked", final: true, summary: "revoked" },
  } as Pipeline["messages"],
  stages: Object.fromEntries(
    Array.from({ length: HOPS }, (_, hop): [string, StageSpec] => [
      `hop${hop}`,
      {
        service: "bench",
        module: "no-op",
        takes: [`chain.s${hop}`],
        gives: [`chain.s${hop + 1}`],
        queue: "light",
        inline: true,
        concurrency: 64,
        summary: "does nothing",
      },
    ]),
  ),
}) as Pipeline;
