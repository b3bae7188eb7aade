import { Command } from "commander";
import { remove } from "#shared/operate";
import { type ActFlags, actor } from "../actor.ts";
import { jsonOption, reasonOption } from "../parse-options.ts";
import { print } from "../print.ts";
import { withBus } from "../with-bus.ts";

/** `penstock remove UID…`: deletes diagrams that are over or wait, with all that was made of them. */
export function removeCommand(): Command {
  return new Command("remove")
    .description("delete diagrams that are over or wait, with artifacts, messages and history")
    .argument("<uid...>", "diagrams")
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((uids: string[], flags: ActFlags) =>
      withBus(async (bus) => {
        for (const uid of uids) {
          const done = await remove(bus, uid, actor(flags));
          print(flags, done, () => `${uid} is gone, ${done.artifacts} objects with it`);
        }
      }),
    );
}
