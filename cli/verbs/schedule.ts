import { Command } from "commander";
import { listSchedules, removeSchedule, runSchedule, type Schedule, setSchedule } from "#shared/operate";
import { type ActFlags, actor } from "../actor.ts";
import { ago, duration } from "../format.ts";
import { jsonOption, reasonOption } from "../parse-options.ts";
import { type PrintOptions, print, table } from "../print.ts";
import { BODY_HELP, readBody } from "../read-body.ts";
import { withBus } from "../with-bus.ts";

interface SetFlags extends ActFlags {
  zone?: string;
  body?: string;
  pipeline?: string;
}

/** `penstock schedule list|set|remove|run|enable|disable` */
export function scheduleCommand(): Command {
  return new Command("schedule")
    .description(
      "what starts by itself; the NATS server keeps the times, so nothing of ours has to be alive then",
    )
    .addCommand(listCommand())
    .addCommand(setCommand())
    .addCommand(switchCommand("enable", "let it start by itself again", true))
    .addCommand(switchCommand("disable", "keep it, but let it start no more", false))
    .addCommand(runCommand())
    .addCommand(removeCommand());
}

/** A schedule's line in the list. */
function line({ name, subject, cron, timeZone, enabled, next, last }: Schedule): string[] {
  const when = !enabled ? "disabled" : next === null ? "–" : `in ${duration(next - Date.now())}`;
  const before = last ? `${last.state} ${ago(last.at)} (${last.run})` : "–";
  return [name, subject, cron, timeZone, when, before];
}

function listCommand(): Command {
  return new Command("list")
    .description("schedules, when they start next, and how the last run went")
    .addOption(jsonOption())
    .action((flags: PrintOptions) =>
      withBus(async (bus) => {
        const schedules = await listSchedules(bus);
        const columns = ["name", "starts", "cron", "time zone", "next", "last run"];
        print(flags, { schedules }, () => table(columns, schedules.map(line)));
      }),
    );
}

const named = (command: Command) =>
  command.argument("<name>", "as listed").addOption(reasonOption()).addOption(jsonOption());

function setCommand(): Command {
  return named(new Command("set").description("make a schedule, or change its times or what it asks for"))
    .argument("<cron>", 'second minute hour day month weekday: "0 0 2 * * *" is daily at 02:00')
    .option("--zone <name>", "time zone, such as Europe/Berlin; as before, or this machine's")
    .option("--body <json>", `what the run is asked for, such as {"models":["ranking"]}: ${BODY_HELP}`)
    .option("--pipeline <name>", "of a new schedule", "retrain")
    .action((name: string, cron: string, flags: SetFlags) =>
      withBus(async (bus) => {
        const change = {
          cron,
          ...(flags.zone === undefined ? {} : { timeZone: flags.zone }),
          ...(flags.body === undefined ? {} : { body: await readBody(flags.body) }),
          ...(flags.pipeline === undefined ? {} : { pipeline: flags.pipeline }),
        };
        const set = await setSchedule(bus, name, change, actor(flags));
        print(
          flags,
          set,
          () => `${name} starts at "${set.cron}" in ${set.timeZone}${set.enabled ? "" : ", disabled"}`,
        );
      }),
    );
}

const switchCommand = (verb: string, description: string, enabled: boolean) =>
  named(new Command(verb).description(description)).action((name: string, flags: ActFlags) =>
    withBus(async (bus) => {
      const set = await setSchedule(bus, name, { enabled }, actor(flags));
      print(flags, set, () => `${name} is ${verb}d`);
    }),
  );

function runCommand(): Command {
  return named(new Command("run").description("start it now; its own times stay as they are")).action(
    (name: string, flags: ActFlags) =>
      withBus(async (bus) => {
        const started = await runSchedule(bus, name, actor(flags));
        print(flags, started, () => `started ${started.run}`);
      }),
  );
}

function removeCommand(): Command {
  return named(new Command("remove").description("take a schedule away")).action(
    (name: string, flags: ActFlags) =>
      withBus(async (bus) => {
        await removeSchedule(bus, name, actor(flags));
        print(flags, { removed: name }, () => `${name} is removed`);
      }),
  );
}
