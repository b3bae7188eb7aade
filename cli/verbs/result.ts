import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { Command } from "commander";
import { historyClient } from "#shared/history";
import { findArtifact, listArtifacts } from "#shared/operate";
import { bytes } from "../format.ts";
import { jsonOption } from "../parse-options.ts";
import { print, table } from "../print.ts";
import { artifactStream, saveArtifacts } from "../save-artifacts.ts";
import { withBus } from "../with-bus.ts";

interface ResultFlags {
  out?: string;
  artifact?: string;
  json?: boolean;
}

/** `penstock result ID`: artifacts of a diagram, or what a task gave. */
export function resultCommand(): Command {
  return new Command("result")
    .description("artifacts of a diagram, or what a task gave")
    .argument("<id>", "a diagram's uid, or a task id (<stage>.<uid>)")
    .option("-o, --out <folder>", "save all artifacts there")
    .option("-a, --artifact <name>", "write one artifact to standard output")
    .addOption(jsonOption())
    .action((id: string, flags: ResultFlags) =>
      withBus(async (bus) => {
        if (id.includes(".")) {
          const task = await historyClient(bus).getTask(id);
          print(
            flags,
            { id, state: task.state, result: task.result, error: task.error },
            () => task.result ?? task.state,
          );
          return;
        }
        if (flags.artifact !== undefined) {
          const ref = await findArtifact(bus, id, flags.artifact);
          await pipeline(await artifactStream(bus, ref), process.stdout, { end: false });
          return;
        }
        const artifacts = await listArtifacts(bus, id);
        const saved = flags.out === undefined ? undefined : await saveArtifacts(bus, id, flags.out);
        print(flags, { uid: id, artifacts, ...(saved ? { saved } : {}) }, () => {
          const rows = Object.entries(artifacts).map(([name, ref]) => [
            name,
            bytes(ref.size),
            ref.contentType,
          ]);
          const list = table(["artifact", ">size", "type"], rows);
          return saved ? `${list}\nsaved in ${resolve(flags.out ?? "")}` : list;
        });
      }),
    );
}
