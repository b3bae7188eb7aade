import type { Argument, Command } from "commander";
import { PIPELINES } from "#shared/pipeline";
import { VERBS } from "../verbs.ts";

/** What can be typed after the words of a command. */
export interface Completions {
  /** Words so far, e.g. `dead redrive`; empty for the program itself. */
  path: string;
  description: string;
  /** Sub-commands, options with both names, and known values of arguments. */
  words: { word: string; description: string }[];
  /** True where a file may come next. */
  files: boolean;
}

/** Every command with its completions, from the very definitions that parse them. */
export async function commandTree(): Promise<Completions[]> {
  const verbs = await Promise.all(Object.values(VERBS).map((verb) => verb.load()));
  const program: Completions = {
    path: "",
    description: "",
    words: [
      ...Object.entries(VERBS).map(([word, { summary }]) => ({ word, description: summary })),
      { word: "--help", description: "explain" },
      { word: "--version", description: "print the version" },
    ],
    files: false,
  };
  return [program, ...verbs.flatMap((verb) => completionsOf(verb, ""))];
}

function completionsOf(command: Command, before: string): Completions[] {
  const path = `${before} ${command.name()}`.trim();
  const options = command.options
    .filter((option) => !option.hidden)
    .flatMap((option) =>
      [option.long, option.short].flatMap((word) =>
        word ? [{ word, description: option.description }] : [],
      ),
    );
  const subs = command.commands.map((sub) => ({ word: sub.name(), description: sub.description() }));
  const values = command.registeredArguments.flatMap(valuesOf);
  const own: Completions = {
    path,
    description: command.description(),
    words: [...subs, ...values, ...options, { word: "--help", description: "explain" }],
    files: command.registeredArguments.some((argument) => /file|folder|sheet|path/i.test(argument.name())),
  };
  return [own, ...command.commands.flatMap((sub) => completionsOf(sub, path))];
}

/** Choices an argument declares, and the names of stages and queues where it takes one. */
function valuesOf(argument: Argument): { word: string; description: string }[] {
  if (argument.argChoices) return argument.argChoices.map((word) => ({ word, description: argument.name() }));
  if (!/stage|queue/i.test(argument.name())) return [];
  const stages = PIPELINES.flatMap((pipeline) => Object.values(pipeline.stages));
  const queues = [...new Set(stages.map((stage) => stage.queue as string))];
  return [
    ...stages.map((stage) => ({ word: stage.name, description: stage.summary })),
    ...queues.map((word) => ({ word, description: "all stages of this queue" })),
  ];
}
