import { Command } from "commander";
import { historyClient, type TaskDetail } from "#shared/history";
import { inputOf, readRun, taskNamed } from "#shared/operate";
import { ago, duration } from "../format.ts";
import { jsonOption } from "../parse-options.ts";
import { type PrintOptions, print, table } from "../print.ts";
import { paint, paintState } from "../style.ts";
import { withBus } from "../with-bus.ts";

/** `penstock task ID`: everything known of one task. */
export function taskCommand(): Command {
  return new Command("task")
    .description("one task with attempts, error and last log lines")
    .argument("<id>", "<stage>.<uid>, with .g<n> for the n-th manual retry")
    .option("--input", "only its input message, whole, as JSON: edited, retry ID --body @FILE runs it again")
    .addOption(jsonOption())
    .action((id: string, options: PrintOptions & { input?: boolean }) =>
      withBus(async (bus) => {
        if (options.input) {
          const { pipeline, run, stage } = taskNamed(id);
          const body = (await inputOf(bus, await readRun(bus, pipeline, run), stage)).body();
          return print(options, body, () => JSON.stringify(body, null, 2));
        }
        const task = await historyClient(bus).getTask(id);
        print(options, task, () => describe(task));
      }),
    );
}

function describe(task: TaskDetail): string {
  const lines = [
    `${paint("bold", task.id)}  ${paintState(task.state)}`,
    `queue ${task.queue}, created ${ago(task.created)}, waited ${duration(task.waitMs)}, ran ${duration(task.runtimeMs)}`,
  ];
  if (task.args) lines.push(`input   ${task.args}`);
  if (task.result) lines.push(`result  ${task.result}`);
  if (task.error) {
    lines.push("", paint("red", `${task.error.code}: ${task.error.message}`));
    if (task.error.stack) lines.push(paint("gray", task.error.stack));
  }
  const rows = task.executions.map((attempt) => [
    attempt.attempt,
    attempt.outcome ?? "running",
    ago(attempt.started ?? attempt.received),
    duration(attempt.runtimeMs),
    attempt.worker ?? "",
    attempt.error ? `${attempt.error.code} ${attempt.error.message}` : "",
  ]);
  lines.push("", table([">attempt", "outcome", ">started", ">ran", "worker", ""], rows));
  if (task.log.length > 0) lines.push("", paint("bold", "last log lines"), ...task.log.map(lineOf));
  return lines.join("\n");
}

const lineOf = ({ at, level, message, fields }: TaskDetail["log"][number]): string =>
  `  ${paint("gray", new Date(at).toISOString())} ${level} ${message}${fields ? ` ${JSON.stringify(fields)}` : ""}`;
