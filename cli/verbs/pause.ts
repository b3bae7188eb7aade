import { Command } from "commander";
import { pause, resume } from "#shared/operate";
import { type ActFlags, actor } from "../actor.ts";
import { jsonOption, reasonOption } from "../parse-options.ts";
import { print } from "../print.ts";
import { withBus } from "../with-bus.ts";

const verb = (name: string, description: string, act: typeof pause, done: string) =>
  new Command(name)
    .description(description)
    .argument("<queue>", "a queue (gpu, default, light) or a stage (detect, …)")
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((queue: string, flags: ActFlags) =>
      withBus(async (bus) => {
        const stages = await act(bus, queue, actor(flags));
        print(flags, { stages }, () => `${done}: ${stages.join(", ")}`);
      }),
    );

/** `penstock pause QUEUE`: hands out no more work of a stage or queue; running tasks go on. */
export const pauseCommand = (): Command =>
  verb("pause", "hand out no more work of a stage or queue; running tasks go on", pause, "paused");

/** `penstock resume QUEUE` */
export const resumeCommand = (): Command =>
  verb("resume", "hand out work of a stage or queue again", resume, "resumed");
