import { Command } from "commander";
import { promoteModel } from "#shared/models";
import { jsonOption, reasonOption } from "../../parse-options.ts";
import { type PrintOptions, print } from "../../print.ts";
import { whoAmI, withBus } from "../../with-bus.ts";
import { describeVersion } from "./describe.ts";

/** `penstock models promote detector v3` */
export function promoteCommand(): Command {
  return new Command("promote")
    .description("make a version live; workers use it from their next task on")
    .argument("<model>", "detector, segmenter, classification, …")
    .argument("<version>", 'as listed: v3, or "shipped"')
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((name: string, version: string, options: PrintOptions & { reason?: string }) =>
      withBus(async (bus) => {
        const now = await promoteModel(bus, name, { version, by: whoAmI(), reason: options.reason });
        print(options, now, () => describeVersion(now));
      }),
    );
}
