import { Command } from "commander";
import { control, setStageSettings, stagesNamed } from "#shared/operate";
import { type ActFlags, actor } from "../actor.ts";
import { describeReply } from "../control/describe-reply.ts";
import { describeSettings } from "../control/describe-settings.ts";
import { jsonOption, milliseconds, millisecondsOrNone, reasonOption, whole } from "../parse-options.ts";
import { print, table } from "../print.ts";
import { withBus } from "../with-bus.ts";

interface OneWorker extends ActFlags {
  worker?: string;
}

const oneWorker = (command: Command) =>
  command.option("--worker <id>", "only this worker").addOption(reasonOption()).addOption(jsonOption());

/** `penstock control …`: what workers are told. */
export function controlCommand(): Command {
  return new Command("control")
    .description("tell the workers of a stage or queue")
    .addCommand(slots("grow", "give each worker more slots"))
    .addCommand(slots("shrink", "take slots from each worker"))
    .addCommand(autoscale())
    .addCommand(told("restart", "replace the executor processes; what runs is finished first"))
    .addCommand(told("cancel-consumer", "take nothing more; what runs goes on"))
    .addCommand(told("add-consumer", "take work again, with the slots there were"))
    .addCommand(rateLimit())
    .addCommand(timeLimit())
    .addCommand(shutdown());
}

const target = (command: Command) => command.argument("<stage>", "a stage or queue");

function tell(stage: string, verb: string, args: Record<string, unknown>, options: OneWorker): Promise<void> {
  return withBus(async (bus) => {
    const request = { ...args, ...(options.worker === undefined ? {} : { worker: options.worker }) };
    const replies = await control(bus, stage, verb, request, actor(options));
    print(options, replies, () => table(["worker", "stage", "now"], replies.map(describeReply)));
  });
}

function slots(verb: "grow" | "shrink", description: string): Command {
  return oneWorker(target(new Command(verb).description(description)))
    .option("--by <n>", "how many", whole(1, 1000), 1)
    .action((stage: string, flags: OneWorker & { by: number }) => tell(stage, verb, { by: flags.by }, flags));
}

/** A verb without figures. */
function told(verb: string, description: string): Command {
  return oneWorker(target(new Command(verb).description(description))).action(
    (stage: string, flags: OneWorker) => tell(stage, verb, {}, flags),
  );
}

function autoscale(): Command {
  return oneWorker(
    target(
      new Command("autoscale").description("let workers choose their slots between bounds, by what waits"),
    ),
  )
    .option("--min <n>", "never fewer", whole(0, 10_000), 1)
    .option("--max <n>", "never more; without it autoscaling ends", whole(1, 10_000))
    .action((stage: string, flags: OneWorker & { min: number; max?: number }) => {
      const bounds = flags.max === undefined ? {} : { min: flags.min, max: flags.max };
      return tell(stage, "autoscale", bounds, flags);
    });
}

function rateLimit(): Command {
  return target(
    new Command("rate-limit").description("tasks started per minute by all workers together; 0 lifts it"),
  )
    .argument("<per-minute>", "how many", whole(0, 1_000_000))
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((stage: string, perMinute: number, options: ActFlags) =>
      change(stage, { ratePerMinute: perMinute === 0 ? null : perMinute }, options),
    );
}

function timeLimit(): Command {
  return target(
    new Command("time-limit").description("how long a task may run, for all workers; 0: as declared"),
  )
    .option("--soft <duration>", "the handler is asked to stop after this, e.g. 25m", millisecondsOrNone)
    .option("--hard <duration>", "its process is killed after this", millisecondsOrNone)
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((stage: string, flags: ActFlags & { soft?: number; hard?: number }, command: Command) => {
      if (flags.soft === undefined && flags.hard === undefined)
        command.error("error: say --soft, --hard or both");
      const limits = {
        ...(flags.soft === undefined ? {} : { softLimitMs: flags.soft || null }),
        ...(flags.hard === undefined ? {} : { hardLimitMs: flags.hard || null }),
      };
      return change(stage, limits, flags);
    });
}

/** A run-time setting: kept, watched by workers, and there for workers that start later. */
function change(
  name: string,
  settings: Parameters<typeof setStageSettings>[2],
  options: ActFlags,
): Promise<void> {
  return withBus(async (bus) => {
    const set: Record<string, Awaited<ReturnType<typeof setStageSettings>>> = {};
    for (const stage of stagesNamed(name))
      set[stage.name] = await setStageSettings(bus, stage.name, settings, actor(options));
    print(options, set, () =>
      Object.entries(set)
        .map(([stage, now]) => `${stage}: ${describeSettings(now)}`)
        .join("\n"),
    );
  });
}

function shutdown(): Command {
  return oneWorker(
    target(new Command("shutdown").description("stop workers; what they run is finished or handed over")),
  )
    .option("--grace <duration>", "how long running tasks may go on", milliseconds)
    .action((stage: string, flags: OneWorker & { grace?: number }) =>
      tell(stage, "shutdown", flags.grace === undefined ? {} : { graceMs: flags.grace }, flags),
    );
}
