import { Command } from "commander";
import { removeModel } from "#shared/models";
import { jsonOption, reasonOption } from "../../parse-options.ts";
import { type PrintOptions, print } from "../../print.ts";
import { whoAmI, withBus } from "../../with-bus.ts";

/** `penstock models remove detector v2` */
export function removeCommand(): Command {
  return new Command("remove")
    .description("delete a version that is neither live nor was before")
    .argument("<model>", "detector, segmenter, classification, …")
    .argument("<version>", "as listed")
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((name: string, version: string, options: PrintOptions & { reason?: string }) =>
      withBus(async (bus) => {
        await removeModel(bus, name, { version, by: whoAmI(), reason: options.reason });
        print(options, { model: name, removed: version }, () => `${name} ${version} is gone`);
      }),
    );
}
