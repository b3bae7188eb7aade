import type { TaskEvent } from "#shared/messages";
import type { Task, TaskTexts } from "./task.ts";

const TEXT = 4000;

/** Notes the texts an event carries; what it does not carry stays as it was. */
export function applyTexts(task: Task, { args, result, error, log }: TaskEvent): void {
  if (args === undefined && result === undefined && !error && !log?.length) return;
  task.texts ??= {
    ...{ args: null, result: null, log: null },
    ...{ error_kind: null, error_code: null, error_message: null, error_name: null, error_stack: null },
  };
  const texts: TaskTexts = task.texts;
  if (args !== undefined) texts.args = args.slice(0, TEXT);
  if (result !== undefined) texts.result = result.slice(0, TEXT);
  if (log?.length) texts.log = [...(texts.log ?? []), ...log];
  if (!error) return;
  texts.error_kind = error.kind;
  texts.error_code = error.code;
  texts.error_message = error.message.slice(0, TEXT);
  texts.error_name = error.name;
  texts.error_stack = error.stack?.slice(0, 2 * TEXT) ?? texts.error_stack;
}
