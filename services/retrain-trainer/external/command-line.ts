import { PermanentError } from "#shared/errors";

/** What the placeholders of a command stand for. */
export interface Places {
  /** Folder of the dataset, its pictures to learn from included. */
  data: string;
  /** Folder of the held-out pictures: nobody gets it who does not ask. */
  holdout: string;
  /** Folder for `model.onnx` and `metrics.json`. */
  out: string;
  /** Folder that is kept from one attempt to the next. */
  checkpoint: string;
  seed: number;
}

/**
 * Splits a command into words as a shell would, quotes included, but runs no shell: nothing is expanded but our placeholders
 * `{data}`, `{holdout}`, `{out}`, `{checkpoint}`, `{seed}`. A command that names neither `{data}` nor `{out}` gets `--data … --out …`.
 * @throws PermanentError `BAD_TRAINER_COMMAND`
 */
export function commandLine(command: string, places: Places): string[] {
  const words: string[] = [];
  const word = /"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:[^\s"'\\]|\\.)+)|(\s+)|(.)/gs;
  let current: string | undefined;
  for (const [, double, single, bare, space, stray] of command.matchAll(word)) {
    if (stray !== undefined)
      throw new PermanentError(
        "BAD_TRAINER_COMMAND",
        `the trainer's command has a ${stray} without its other: ${command.slice(0, 200)}`,
      );
    if (space !== undefined) {
      if (current !== undefined) words.push(current);
      current = undefined;
      continue;
    }
    const piece = single ?? (double ?? bare)!.replace(/\\(.)/gs, "$1");
    current = (current ?? "") + piece;
  }
  if (current !== undefined) words.push(current);
  if (words.length === 0) throw new PermanentError("BAD_TRAINER_COMMAND", "the trainer's command is empty");
  const filled = words.map((each) =>
    each.replace(/\{(data|holdout|out|checkpoint|seed)\}/g, (_, name: keyof Places) => String(places[name])),
  );
  const named = words.some((each) => /\{(data|out)\}/.test(each));
  return named ? filled : [...filled, "--data", places.data, "--out", places.out];
}
