import { Command } from "commander";
import { pipelineOfRun, revoke } from "#shared/operate";
import { jsonOption, reasonOption } from "../parse-options.ts";
import { type PrintOptions, print } from "../print.ts";
import { whoAmI, withBus } from "../with-bus.ts";

interface RevokeFlags extends PrintOptions {
  reason?: string;
}

/** `penstock revoke ID…`: ends diagrams and other runs, running or waiting. */
export function revokeCommand(): Command {
  return new Command("revoke")
    .description("end diagrams or retrainings: what runs is stopped, what waits never starts")
    .argument("<id...>", "uids of runs or task ids (<stage>.<uid>)")
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((ids: string[], flags: RevokeFlags) =>
      withBus(async (bus) => {
        for (const id of ids) {
          const done = await revoke(bus, id, {
            by: whoAmI(),
            // A task id names its pipeline itself.
            ...(id.includes(".") ? {} : { pipeline: await pipelineOfRun(bus, id) }),
            ...(flags.reason === undefined ? {} : { reason: flags.reason }),
          });
          print(flags, done, () => `${done.uid} is revoked`);
        }
      }),
    );
}
