import { Command } from "commander";
import { pipelineOfRun, retry, taskNamed } from "#shared/operate";
import { type ActFlags, actor } from "../actor.ts";
import { jsonOption, reasonOption } from "../parse-options.ts";
import { print } from "../print.ts";
import { BODY_HELP, readBody } from "../read-body.ts";
import { withBus } from "../with-bus.ts";

interface RetryFlags extends ActFlags {
  from?: string;
  body?: string;
}

/** `penstock retry ID`: runs a diagram or a retraining again from the stage that failed, from `--from`, or from a task's stage; with `--body` on an edited input. */
export function retryCommand(): Command {
  return new Command("retry")
    .description("run a diagram or a retraining again from the stage that failed, or from a given one")
    .argument("<id>", "uid of a run, or a task id (<stage>.<uid>)")
    .option("--from <stage>", "stage to begin with")
    .option("--body <json>", `the stage's input message, edited: ${BODY_HELP}; task ID --input prints it`)
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((id: string, flags: RetryFlags) =>
      withBus(async (bus) => {
        const task = id.includes(".") ? taskNamed(id) : undefined;
        const body = flags.body === undefined ? undefined : await readBody(flags.body);
        const from = flags.from ?? task?.stage.name;
        const done = await retry(bus, task?.run ?? id, {
          ...actor(flags),
          pipeline: task?.pipeline ?? (await pipelineOfRun(bus, id)),
          ...(from === undefined ? {} : { from }),
          ...(body === undefined ? {} : { body }),
        });
        print(flags, done, () => `${done.uid} runs again from ${done.stage} (retry ${done.generation})`);
      }),
    );
}
