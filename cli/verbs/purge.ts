import { Command } from "commander";
import { purge, Refusal, readQueue, stagesNamed } from "#shared/operate";
import { type ActFlags, actor } from "../actor.ts";
import { jsonOption, reasonOption } from "../parse-options.ts";
import { print } from "../print.ts";
import { withBus } from "../with-bus.ts";

interface PurgeFlags extends ActFlags {
  yes?: boolean;
}

/** `penstock purge QUEUE`: revokes what waits in a stage or queue. */
export function purgeCommand(): Command {
  return new Command("purge")
    .description("revoke every diagram that waits in a stage or queue; running ones go on")
    .argument("<queue>", "a queue or a stage")
    .option("-y, --yes", "mean it")
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((queue: string, flags: PurgeFlags) =>
      withBus(async (bus) => {
        if (!flags.yes) {
          const waiting = await Promise.all(stagesNamed(queue).map((stage) => readQueue(bus, stage)));
          const count = waiting.reduce((sum, each) => sum + each.pending, 0);
          throw new Refusal(
            "invalid",
            "NOT_CONFIRMED",
            `this would revoke the ${count} diagrams that wait in ${queue}; say --yes to do it`,
          );
        }
        const revoked = await purge(bus, queue, actor(flags));
        print(flags, { revoked }, () => `${revoked.length} diagrams revoked`);
      }),
    );
}
