import { Command, Option } from "commander";
import { historyClient, TaskState } from "#shared/history";
import { ago, cut, duration } from "../format.ts";
import { jsonOption, milliseconds, whole, words } from "../parse-options.ts";
import { print, table } from "../print.ts";
import { paint, paintState } from "../style.ts";
import { withBus } from "../with-bus.ts";

interface TasksFlags {
  state?: string[];
  stage?: string[];
  worker?: string;
  run?: string;
  since?: number;
  search?: string;
  sort: "newest" | "oldest" | "updated" | "runtime" | "wait" | "attempts";
  limit: number;
  cursor?: string;
  json?: boolean;
}

/** `penstock tasks`: lists tasks, filtered and sorted by the tracker. */
export function tasksCommand(): Command {
  return new Command("tasks")
    .description("list tasks, newest first")
    .option("--state <list>", `only in these states: ${TaskState.options.join(", ")}`, words)
    .option("--stage <list>", "only of these stages", words)
    .option("--worker <id>", "only of this worker")
    .option("--run <uid>", "only of this diagram")
    .option("--since <duration>", "only younger than this, e.g. 2h", milliseconds)
    .option("-q, --search <text>", 'words, "exact phrases", args:, result:, error:, log:, -word')
    .addOption(
      new Option("--sort <order>", "order")
        .choices(["newest", "oldest", "updated", "runtime", "wait", "attempts"])
        .default("newest"),
    )
    .option("-n, --limit <n>", "how many", whole(1, 500), 50)
    .option("--cursor <text>", "where the last page ended")
    .addOption(jsonOption())
    .action((flags: TasksFlags) =>
      withBus(async (bus) => {
        const page = await historyClient(bus).listTasks({
          ...(flags.state ? { state: flags.state.map((state) => state.toUpperCase() as TaskState) } : {}),
          ...(flags.stage ? { stage: flags.stage } : {}),
          ...(flags.worker ? { worker: flags.worker } : {}),
          ...(flags.run ? { run: flags.run } : {}),
          ...(flags.since ? { from: Date.now() - flags.since } : {}),
          ...(flags.search ? { q: flags.search } : {}),
          ...(flags.cursor ? { cursor: flags.cursor } : {}),
          sort: flags.sort,
          limit: flags.limit,
        });
        print(flags, page, () => {
          const rows = page.tasks.map((task) => [
            task.id,
            paintState(task.state),
            task.attempts,
            ago(task.created),
            duration(task.waitMs),
            duration(task.runtimeMs),
            cut(task.error ? `${task.error.code} ${task.error.message}` : (task.note ?? ""), 50),
          ]);
          const list = table(["task", "state", ">attempts", ">created", ">waited", ">ran", ""], rows);
          return page.cursor ? `${list}\n${paint("gray", `more: --cursor ${page.cursor}`)}` : list;
        });
      }),
    );
}
