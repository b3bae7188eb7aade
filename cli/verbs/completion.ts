import { Argument, Command } from "commander";
import { commandTree } from "../completion/command-tree.ts";
import { completionScript, SHELLS, type Shell } from "../completion/scripts.ts";

/** `penstock completion SHELL`: a script that completes verbs, options, stages and queues. */
export function completionCommand(): Command {
  return new Command("completion")
    .description("print the completion script of a shell, e.g. source <(penstock completion bash)")
    .addArgument(new Argument("<shell>", "which shell").choices(SHELLS))
    .action(async (shell: Shell) => {
      process.stdout.write(completionScript(shell, await commandTree()));
    });
}
