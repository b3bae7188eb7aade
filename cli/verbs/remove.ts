import { Command } from "commander";
import { remove } from "#shared/operate";
import { jsonOption } from "../parse-options.ts";
import { type PrintOptions, print } from "../print.ts";
import { whoAmI, withBus } from "../with-bus.ts";

/** `penstock remove UID…`: deletes diagrams that are over or wait, with all that was made of them. */
export function removeCommand(): Command {
  return new Command("remove")
    .description("delete diagrams that are over or wait, with artifacts, messages and history")
    .argument("<uid...>", "diagrams")
    .addOption(jsonOption())
    .action((uids: string[], options: PrintOptions) =>
      withBus(async (bus) => {
        for (const uid of uids) {
          const done = await remove(bus, uid, { by: whoAmI() });
          print(options, done, () => `${uid} is gone, ${done.artifacts} objects with it`);
        }
      }),
    );
}
