import { Command } from "commander";
import { pipelineOfRun, revoke } from "#shared/operate";
import { type ActFlags, actor } from "../actor.ts";
import { jsonOption, reasonOption } from "../parse-options.ts";
import { print } from "../print.ts";
import { withBus } from "../with-bus.ts";

/** `penstock revoke ID…`: ends diagrams and other runs, running or waiting. */
export function revokeCommand(): Command {
  return new Command("revoke")
    .description("end diagrams or retrainings: what runs is stopped, what waits never starts")
    .argument("<id...>", "uids of runs or task ids (<stage>.<uid>)")
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((ids: string[], flags: ActFlags) =>
      withBus(async (bus) => {
        for (const id of ids) {
          const done = await revoke(bus, id, {
            ...actor(flags),
            // A task id names its pipeline itself.
            ...(id.includes(".") ? {} : { pipeline: await pipelineOfRun(bus, id) }),
          });
          print(flags, done, () => `${done.uid} is revoked`);
        }
      }),
    );
}
