import { Command } from "commander";
import type { Bus } from "#shared/bus";
import { scan } from "#shared/operate";
import { diagramPipeline } from "#shared/pipeline";
import { decodeLines } from "../decode-lines.ts";
import { jsonOption } from "../parse-options.ts";
import { describeEvent } from "../watch/describe-event.ts";
import { withBus } from "../with-bus.ts";

interface EventsFlags {
  follow?: boolean;
  uid?: string;
  tasks?: boolean;
  json?: boolean;
}

/** `penstock events`: what happened, and what happens. */
export function eventsCommand(): Command {
  return new Command("events")
    .description("what happened to diagrams and tasks; with --follow as it happens")
    .option("-f, --follow", "go on until interrupted")
    .option("--uid <uid>", "only of this diagram")
    .option("--tasks", "lifecycle events of tasks too")
    .addOption(jsonOption())
    .action((flags: EventsFlags) => withBus((bus) => (flags.follow ? follow(bus, flags) : past(bus, flags))));
}

function show(
  flags: EventsFlags,
  subject: string,
  data: Uint8Array,
  contentType: string | undefined,
  at: Date,
): void {
  for (const value of decodeLines(data, contentType)) {
    const event = value as Record<string, unknown>;
    if (flags.uid !== undefined && event.run !== undefined && event.run !== flags.uid) continue;
    const line = flags.json
      ? JSON.stringify({ subject, at: at.getTime(), ...event })
      : describeEvent(subject, at, event);
    process.stdout.write(`${line}\n`);
  }
}

const diagramSubject = (uid: string | undefined) =>
  uid === undefined ? `${diagramPipeline.name}.>` : `${diagramPipeline.name}.*.${uid}`;

async function past(bus: Bus, flags: EventsFlags): Promise<void> {
  const sources = [{ stream: diagramPipeline.stream, filters: [diagramSubject(flags.uid)] }];
  if (flags.tasks) sources.push({ stream: "TASKS", filters: ["task.events.>"] });
  for (const { stream, filters } of sources)
    for await (const message of scan(bus, stream, { filters }))
      show(
        flags,
        message.subject,
        message.data,
        message.headers?.get("Content-Type") || undefined,
        message.time,
      );
}

async function follow(bus: Bus, flags: EventsFlags): Promise<void> {
  const subjects = [diagramSubject(flags.uid), ...(flags.tasks ? ["task.events.>"] : [])];
  const subscriptions = subjects.map((subject) =>
    bus.nc.subscribe(subject, {
      callback: (error, message) => {
        if (!error)
          show(
            flags,
            message.subject,
            message.data,
            message.headers?.get("Content-Type") || undefined,
            new Date(),
          );
      },
    }),
  );
  await new Promise<void>((resolve) => process.once("SIGINT", resolve));
  for (const subscription of subscriptions) subscription.unsubscribe();
}
