import { Command } from "commander";
import { rollbackModel } from "#shared/models";
import { jsonOption, reasonOption } from "../../parse-options.ts";
import { type PrintOptions, print } from "../../print.ts";
import { whoAmI, withBus } from "../../with-bus.ts";
import { describeVersion } from "./describe.ts";

/** `penstock models rollback detector` */
export function rollbackCommand(): Command {
  return new Command("rollback")
    .description("go back to the version that was live before; again goes forward")
    .argument("<model>", "detector, segmenter, classification, …")
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((name: string, options: PrintOptions & { reason?: string }) =>
      withBus(async (bus) => {
        const now = await rollbackModel(bus, name, { by: whoAmI(), reason: options.reason });
        print(options, now, () => describeVersion(now));
      }),
    );
}
