import { join, relative } from "node:path";
import { mintUid, submit } from "#shared/operate";
import { duration } from "../format.ts";
import { saveArtifacts } from "../save-artifacts.ts";
import { paint } from "../style.ts";
import { describeOutcome, exitOf } from "../watch/describe-outcome.ts";
import { StageLines } from "../watch/stage-lines.ts";
import { watchRuns } from "../watch/watch-run.ts";
import { exampleSheet } from "./example-sheet.ts";
import type { Up } from "./start-up.ts";

/**
 * Digitises an example sheet, showing each stage as it happens, and saves what came out.
 * @param live draw the stages on standard output
 * @returns an exit code
 */
export async function runDemo(up: Up, write: (line: string) => void, live: boolean): Promise<number> {
  const folder = join(up.data, "demo");
  const sheet = await exampleSheet(folder);
  write(`\n${paint("bold", "Digitising an example sheet")}  ${relative(process.cwd(), sheet)}`);
  const uid = mintUid();
  const lines = live ? new StageLines() : undefined;
  const watch = watchRuns(up.bus);
  const began = Date.now();
  const outcome = watch.run(uid, { onTask: (event) => lines?.event(event) });
  await submit(up.bus, { path: sheet }, { uid, name: "example sheet.png" });
  const ended = await outcome;
  lines?.close();
  watch.close();
  write(`${describeOutcome(ended)}  ${paint("gray", `in ${duration(Date.now() - began)}`)}`);
  if (ended.state === "completed") {
    const results = join(folder, uid);
    const files = await saveArtifacts(up.bus, uid, results);
    write(`\nresults   ${relative(process.cwd(), results)}/  (${files.length} files; open overlay.svg)`);
    write(`diagram   ${up.url}/diagrams/${uid}`);
  }
  return exitOf(ended);
}
