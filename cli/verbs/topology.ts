import { Command } from "commander";
import { reconcileTopology } from "#shared/bus";
import { PIPELINES } from "#shared/pipeline";
import { jsonOption, whole } from "../parse-options.ts";
import { type PrintOptions, print } from "../print.ts";
import { withBus } from "../with-bus.ts";

/** `penstock topology`: makes streams, consumers and buckets as the pipelines declare them. */
export function topologyCommand(): Command {
  return new Command("topology")
    .description("create or update streams, consumers, KV buckets and object stores; safe to repeat")
    .option("--replicas <n>", "copies of everything in a cluster", whole(1, 5), 1)
    .addOption(jsonOption())
    .action((flags: PrintOptions & { replicas: number }) =>
      withBus(async (bus) => {
        await reconcileTopology(bus, PIPELINES, { replicas: flags.replicas });
        const stages = PIPELINES.flatMap((pipeline) => Object.keys(pipeline.stages));
        print(
          flags,
          { streams: PIPELINES.map((pipeline) => pipeline.stream), stages, replicas: flags.replicas },
          () =>
            `in place: ${PIPELINES.map((pipeline) => pipeline.stream).join(", ")}, TASKS, DEAD, ADVISORIES; ${stages.length} consumers`,
        );
      }),
    );
}
