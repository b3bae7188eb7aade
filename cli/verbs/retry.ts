import { Command } from "commander";
import { pipelineOfRun, retry, taskNamed } from "#shared/operate";
import { jsonOption } from "../parse-options.ts";
import { type PrintOptions, print } from "../print.ts";
import { whoAmI, withBus } from "../with-bus.ts";

interface RetryFlags extends PrintOptions {
  from?: string;
}

/** `penstock retry ID`: runs a diagram or a retraining again from the stage that failed, from `--from`, or from a task's stage. */
export function retryCommand(): Command {
  return new Command("retry")
    .description("run a diagram or a retraining again from the stage that failed, or from a given one")
    .argument("<id>", "uid of a run, or a task id (<stage>.<uid>)")
    .option("--from <stage>", "stage to begin with")
    .addOption(jsonOption())
    .action((id: string, flags: RetryFlags) =>
      withBus(async (bus) => {
        const task = id.includes(".") ? taskNamed(id) : undefined;
        const from = flags.from ?? task?.stage.name;
        const done = await retry(bus, task?.run ?? id, {
          by: whoAmI(),
          pipeline: task?.pipeline ?? (await pipelineOfRun(bus, id)),
          ...(from === undefined ? {} : { from }),
        });
        print(flags, done, () => `${done.uid} runs again from ${done.stage} (retry ${done.generation})`);
      }),
    );
}
