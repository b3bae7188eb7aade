import { createInterface } from "node:readline";
import { Argument, Command, Option } from "commander";
import { hashSecret, Refusal } from "#shared/operate";
import { jsonOption } from "../parse-options.ts";
import { type PrintOptions, print } from "../print.ts";

const ROLES = ["viewer", "operator", "admin"];
/** Shorter secrets are guessed. */
const SHORTEST = 8;

/** `penstock user NAME`: makes a line for `GATEWAY_USERS_FILE` from a secret read from standard input. */
export function userCommand(): Command {
  return new Command("user")
    .description("make a gateway user: reads a secret from standard input, prints <name>:<role>:<hash>")
    .addArgument(new Argument("<name>", "1 to 64 letters, digits or ._@-"))
    .addOption(new Option("--role <role>", "what they may do").choices(ROLES).default("viewer"))
    .addOption(jsonOption())
    .action(async (name: string, flags: PrintOptions & { role: string }) => {
      if (!/^[A-Za-z0-9._@-]{1,64}$/.test(name))
        throw new Refusal(
          "invalid",
          "BAD_USERS",
          `"${name.slice(0, 80)}" has other signs than letters, digits and ._@-`,
        );
      const secret = await readSecret();
      if (secret.length < SHORTEST)
        throw new Refusal(
          "invalid",
          "BAD_USERS",
          `the secret has ${secret.length} characters, it needs ${SHORTEST}`,
        );
      const line = `${name}:${flags.role}:${await hashSecret(secret)}`;
      print(flags, { name, role: flags.role, line }, () => line);
    });
}

/** The first line of standard input; a person at a terminal is told to type it. */
async function readSecret(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("secret: ");
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    lines.close();
    return line;
  }
  return "";
}
