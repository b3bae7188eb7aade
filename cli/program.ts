import { Command, CommanderError } from "commander";
import { PenstockError } from "#shared/errors";
import { Exit } from "./exit.ts";
import { packageVersion } from "./package-folder.ts";
import { VERBS } from "./verbs.ts";

/** The whole command line. Only the verb that is asked for is loaded, so that starting is quick. */
export async function runProgram(argv: string[]): Promise<number> {
  const program = new Command("penstock")
    .description("Turns P&ID sheets into validated, machine-readable topology, on NATS JetStream.")
    .version(packageVersion(), "-V, --version", "print the version")
    .showHelpAfterError("(penstock --help lists the verbs)")
    .exitOverride()
    .addHelpText(
      "after",
      "\nEvery verb explains itself: penstock VERB --help. Exit codes are in docs/cli.md.\nNATS is found by NATS_URL, or where a `penstock up` of this folder runs, or on 127.0.0.1:4222.",
    );
  const asked = argv.find((word) => !word.startsWith("-"));
  for (const [name, verb] of Object.entries(VERBS)) {
    const command = name === asked ? await verb.load() : new Command(name).description(verb.summary);
    // Errors of a verb's own arguments end like those of the program.
    overrideExit(command);
    program.addCommand(command);
  }
  try {
    await program.parseAsync(argv, { from: "user" });
    return Number(process.exitCode ?? Exit.ok);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.ok : Exit.usage;
    const { exitCodeOf } = await import("./exit-codes.ts");
    if (error instanceof PenstockError) process.stderr.write(`penstock: ${error.message} [${error.code}]\n`);
    else process.stderr.write(`penstock: ${error instanceof Error ? error.stack : error}\n`);
    return exitCodeOf(error);
  }
}

function overrideExit(command: Command): void {
  command.exitOverride();
  for (const sub of command.commands) overrideExit(sub);
}
