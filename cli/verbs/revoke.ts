import { Command } from "commander";
import { revoke } from "#shared/operate";
import { jsonOption, reasonOption } from "../parse-options.ts";
import { type PrintOptions, print } from "../print.ts";
import { whoAmI, withBus } from "../with-bus.ts";

interface RevokeFlags extends PrintOptions {
  reason?: string;
}

/** `penstock revoke ID…`: ends diagrams, running or waiting. */
export function revokeCommand(): Command {
  return new Command("revoke")
    .description("end diagrams: what runs is stopped, what waits never starts")
    .argument("<id...>", "diagrams' uids or task ids (<stage>.<uid>)")
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((ids: string[], flags: RevokeFlags) =>
      withBus(async (bus) => {
        for (const id of ids) {
          const done = await revoke(bus, id, {
            by: whoAmI(),
            ...(flags.reason === undefined ? {} : { reason: flags.reason }),
          });
          print(flags, done, () => `${done.uid} is revoked`);
        }
      }),
    );
}
