import { readFile } from "node:fs/promises";
import { Argument, Command } from "commander";
import { Gate } from "#shared/messages";
import { approve, Refusal } from "#shared/operate";
import { GATES } from "#shared/pipeline";
import { type ActFlags, actor } from "../actor.ts";
import { jsonOption, reasonOption } from "../parse-options.ts";
import { print } from "../print.ts";
import { withBus } from "../with-bus.ts";

interface ApproveFlags extends ActFlags {
  artifact?: string;
}

/** `penstock approve GATE UID`: lets a waiting diagram go on, with a corrected artifact when one is given. */
export function approveCommand(): Command {
  const what = Gate.options.map((gate) => `${gate}: ${GATES[gate].artifact}`).join(", ");
  return new Command("approve")
    .description("let a diagram that waits at a gate go on, as it is or corrected")
    .addArgument(new Argument("<gate>", "where it waits").choices(Gate.options))
    .argument("<uid>", "the diagram")
    .option("--artifact <file>", `the corrected artifact (${what})`)
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((gate: Gate, uid: string, flags: ApproveFlags) =>
      withBus(async (bus) => {
        const artifact = flags.artifact === undefined ? undefined : await read(flags.artifact);
        const done = await approve(bus, gate, uid, { ...actor(flags), ...(artifact ? { artifact } : {}) });
        print(
          flags,
          done,
          () => `${uid} goes on from gate ${gate}${done.corrected ? ", corrected" : " as it was"}`,
        );
      }),
    );
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Refusal("missing", "FILE_NOT_FOUND", `${path} cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
}
