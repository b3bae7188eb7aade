import { Command } from "commander";
import { parseTask, retry } from "#shared/operate";
import { diagramPipeline } from "#shared/pipeline";
import { jsonOption } from "../parse-options.ts";
import { type PrintOptions, print } from "../print.ts";
import { whoAmI, withBus } from "../with-bus.ts";

interface RetryFlags extends PrintOptions {
  from?: string;
}

/** `penstock retry ID`: runs a diagram again from the stage that failed, from `--from`, or from a task's stage. */
export function retryCommand(): Command {
  return new Command("retry")
    .description("run a diagram again from the stage that failed, or from a given one")
    .argument("<id>", "a diagram's uid, or a task id (<stage>.<uid>)")
    .option("--from <stage>", "stage to begin with")
    .addOption(jsonOption())
    .action((id: string, flags: RetryFlags) =>
      withBus(async (bus) => {
        const task = id.includes(".") ? parseTask(diagramPipeline, id) : undefined;
        const from = flags.from ?? task?.stage.name;
        const done = await retry(bus, task?.run ?? id, {
          by: whoAmI(),
          ...(from === undefined ? {} : { from }),
        });
        print(flags, done, () => `${done.uid} runs again from ${done.stage} (retry ${done.generation})`);
      }),
    );
}
