import { basename } from "node:path";
import { Command, Option } from "commander";
import { Review } from "#shared/messages";
import { mintUid, type Submitted, submit } from "#shared/operate";
import { bytes } from "../format.ts";
import { jsonOption, whole, words } from "../parse-options.ts";
import { paint } from "../style.ts";
import { describeOutcome, exitOf } from "../watch/describe-outcome.ts";
import { readWithBar } from "../watch/read-with-bar.ts";
import { StageLines } from "../watch/stage-lines.ts";
import { type RunOutcome, watchRuns } from "../watch/watch-run.ts";
import { withBus } from "../with-bus.ts";

interface SubmitFlags {
  review: Review;
  name?: string;
  classes?: string[];
  page?: number;
  uid?: string;
  watch?: boolean;
  json?: boolean;
}

/** `penstock submit FILE…`: hands in drawings, and follows them when asked to. */
export function submitCommand(): Command {
  return new Command("submit")
    .description("hand in drawings: PNG, JPEG, TIFF, WebP, SVG or PDF")
    .argument("<file...>", "drawings")
    .addOption(
      new Option("--review <who>", "who looks at intermediate results")
        .choices(Review.options)
        .default("none"),
    )
    .option("--name <text>", "name shown to people (one file only)")
    .option("--classes <list>", "report only these symbol classes", words)
    .option("--page <n>", "page of a PDF; all pages unless given", whole(1, 10_000))
    .option("--uid <id>", "id of the diagram (one file only)")
    .option("-w, --watch", "follow until each diagram is over or waits for a person")
    .addOption(jsonOption())
    .action(async (files: string[], flags: SubmitFlags, command: Command) => {
      if (files.length > 1 && (flags.uid !== undefined || flags.name !== undefined))
        command.error("error: --uid and --name are for one file only");
      process.exitCode = await withBus(async (bus) => {
        const watch = flags.watch ? watchRuns(bus) : undefined;
        let worst = 0;
        for (const path of files) {
          const uid = flags.uid ?? mintUid();
          const lines = flags.json ? undefined : new StageLines();
          const outcome = watch?.run(uid, { onTask: (event) => lines?.event(event) });
          const stream = await readWithBar(path);
          const done = await submit(bus, { stream }, { name: basename(path), ...optionsOf(flags, uid) });
          if (!flags.json) process.stdout.write(`${acceptedLine(done)}\n`);
          const ended = await outcome;
          lines?.close();
          if (flags.json)
            process.stdout.write(`${JSON.stringify({ ...done, ...(ended ? jsonOf(ended) : {}) })}\n`);
          else if (ended) process.stdout.write(`${describeOutcome(ended)}\n`);
          if (ended) worst = Math.max(worst, exitOf(ended));
        }
        watch?.close();
        return worst;
      });
    });
}

function optionsOf(flags: SubmitFlags, uid: string) {
  const { review, name, classes, page } = flags;
  return {
    uid,
    review,
    ...(name === undefined ? {} : { name }),
    ...(classes === undefined ? {} : { classes }),
    ...(page === undefined ? {} : { page }),
  };
}

const acceptedLine = (done: Submitted) =>
  `${paint("bold", done.uid)}  ${done.name ?? ""}  ${paint("gray", bytes(done.size))}`;

const jsonOf = (outcome: RunOutcome) => ({
  state: outcome.state,
  ...(outcome.state === "error"
    ? {
        error: {
          stage: outcome.body.error_stage,
          code: outcome.body.error_code,
          message: outcome.body.error_message,
        },
      }
    : {}),
});
