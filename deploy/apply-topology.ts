// `npm run topology`: creates or updates streams, consumers, buckets and stores from the pipelines' declarations.
import { z } from "zod";
import { busOptions, connectBus, reconcileTopology } from "#shared/bus";
import { readCommonConfig, readEnv } from "#shared/config";
import { PenstockError } from "#shared/errors";
import { PIPELINES } from "#shared/pipeline";

/** Settings of {@link PIPELINES}' streams on a server. */
const TopologyConfig = z.object({
  topologyReplicas: z
    .number()
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe("Copies of every stream and bucket; three survive the loss of a node"),
  topologyMaxMb: z
    .number()
    .int()
    .min(1)
    .default(10_240)
    .describe("Largest size of a pipeline's stream, in MB; a full one refuses new work"),
});

try {
  const config = readEnv(TopologyConfig);
  await using bus = await connectBus(busOptions(readCommonConfig(), "topology"));
  await reconcileTopology(bus, PIPELINES, {
    replicas: config.topologyReplicas,
    maxBytes: config.topologyMaxMb * 1024 * 1024,
  });
  console.log(`topology: ${PIPELINES.map((pipeline) => pipeline.stream).join(", ")} in place on ${bus.url}`);
} catch (error) {
  if (!(error instanceof PenstockError)) throw error;
  console.error(`topology: ${error.message} [${error.code}]`);
  process.exitCode = (error as { exitCode?: number }).exitCode ?? 1;
}
