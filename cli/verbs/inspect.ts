import { Argument, Command } from "commander";
import type { Bus } from "#shared/bus";
import { historyClient } from "#shared/history";
import { control } from "#shared/operate";
import { ago, bytes, duration } from "../format.ts";
import { jsonOption } from "../parse-options.ts";
import { type PrintOptions, print, table } from "../print.ts";
import { withBus } from "../with-bus.ts";

const WHAT = ["active", "reserved", "scheduled", "registered", "stats", "ping"] as const;
type What = (typeof WHAT)[number];

/** `penstock inspect WHAT [STAGE]`: what the workers themselves say. */
export function inspectCommand(): Command {
  return new Command("inspect")
    .description(
      "ask the workers: what runs, what is reserved, what waits for its retry, who is registered, figures, ping",
    )
    .addArgument(new Argument("<what>", "what to ask").choices(WHAT))
    .argument("[stage]", "a stage or queue; all unless given", "*")
    .addOption(jsonOption())
    .action((what: What, stage: string, options: PrintOptions) =>
      withBus((bus) => ANSWERS[what](bus, stage, options)),
    );
}

type Reply = Record<string, unknown>;
const text = (value: unknown) => (value === undefined || value === null ? "" : String(value));

/** `active` and `reserved`: one row per task. */
const tasksOf = (verb: "active" | "reserved") => async (bus: Bus, stage: string, options: PrintOptions) => {
  const replies = await control(bus, stage, verb);
  print(options, replies, () => {
    const rows = replies.flatMap((reply) =>
      ((reply.tasks ?? []) as Reply[]).map((task) => [
        text(task.id),
        text(task.attempt),
        task.startedAt ? ago(Number(task.startedAt)) : "not yet",
        text(reply.worker),
      ]),
    );
    return table(["task", ">attempt", ">started", "worker"], rows);
  });
};

const ANSWERS: Record<What, (bus: Bus, stage: string, options: PrintOptions) => Promise<void>> = {
  active: tasksOf("active"),
  reserved: tasksOf("reserved"),
  async scheduled(bus, stage, options) {
    const { tasks } = await historyClient(bus).listTasks({
      state: "RETRY",
      limit: 500,
      ...(stage === "*" ? {} : { stage }),
    });
    print(options, tasks, () =>
      table(
        ["task", ">attempts", ">runs again in", "error"],
        tasks.map((task) => [
          task.id,
          task.attempts,
          task.retryAt === null ? "–" : duration(Math.max(0, task.retryAt - Date.now())),
          task.error ? `${task.error.code} ${task.error.message}` : "",
        ]),
      ),
    );
  },
  async registered(bus, stage, options) {
    const replies = await control(bus, stage, "stats");
    const rows = replies.map((reply) => ({ stage: reply.stage, worker: reply.worker }));
    print(options, rows, () =>
      table(
        ["stage", "worker"],
        rows.map((row) => [text(row.stage), text(row.worker)]),
      ),
    );
  },
  async stats(bus, stage, options) {
    const replies = await control(bus, stage, "stats");
    print(options, replies, () =>
      table(
        ["worker", "stage", ">slots", ">active", ">processed", ">failed", ">duplicates", ">memory", ">up"],
        replies.map((reply) => {
          const stats = (reply.stats ?? {}) as Reply;
          return [
            text(reply.worker),
            text(reply.stage),
            text(stats.slots),
            text(stats.active),
            text(stats.processed),
            text(stats.failed),
            text(stats.duplicates),
            bytes(Number(stats.residentBytes ?? 0)),
            duration(Date.now() - Number(stats.startedAt ?? Date.now())),
          ];
        }),
      ),
    );
  },
  async ping(bus, stage, options) {
    const began = performance.now();
    const replies = await control(bus, stage, "ping");
    print(options, replies, () => {
      const rows = replies.map((reply) => [text(reply.worker), text(reply.stage), "pong"]);
      return `${table(["worker", "stage", ""], rows)}\n${replies.length} workers, asked for ${duration(performance.now() - began)}`;
    });
  },
};
