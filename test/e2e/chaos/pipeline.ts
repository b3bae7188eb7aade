import { diagramPipeline, type Pipeline, type Stage } from "#shared/pipeline";

/** Short leases and delays, so that a run with hundreds of deaths ends in a minute; everything else as declared. */
const IMPATIENT = { ackWaitMs: 2_000, retryDelayMs: 200, concurrency: 4, inline: true } as const;

/** The diagram pipeline itself, with stand-in work on the event loop in place of vision. */
export const chaosPipeline: Pipeline = {
  ...diagramPipeline,
  stages: Object.fromEntries(
    Object.entries(diagramPipeline.stages).map(([name, stage]): [string, Stage] => [
      name,
      { ...stage, ...IMPATIENT },
    ]),
  ),
} as Pipeline;
