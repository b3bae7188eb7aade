import { Command, Option } from "commander";
import { jsonOption, milliseconds } from "../parse-options.ts";
import { type PrintOptions, print } from "../print.ts";
import { paint } from "../style.ts";
import { frame } from "../top/frame.ts";
import { openScreen } from "../top/screen.ts";
import { takeSnapshot } from "../top/snapshot.ts";
import { withBus } from "../with-bus.ts";

interface TopFlags extends PrintOptions {
  interval: number;
  once?: boolean;
}

/** `penstock top`: the live system in the terminal. */
export function topCommand(): Command {
  return new Command("top")
    .description(
      "the live system: stages with what waits and runs, workers, tasks; one look with --once or --json",
    )
    .addOption(
      new Option("--interval <duration>", "how often it looks").argParser(milliseconds).default(1_000, "1s"),
    )
    .option("--once", "one look, then end")
    .addOption(jsonOption())
    .action((flags: TopFlags) =>
      withBus(async (bus) => {
        const look = () => takeSnapshot(bus);
        const columns = process.stdout.columns ?? 160;
        if (flags.once || flags.json || !process.stdout.isTTY) {
          const snapshot = await look();
          print(flags, snapshot, () => frame(snapshot, columns));
          return;
        }
        await using screen = openScreen();
        while (!screen.ended) {
          // The tracker or NATS may be away for a moment: say so and go on.
          const text = await look().then(
            (snapshot) => frame(snapshot, process.stdout.columns ?? columns),
            (error: Error) => paint("red", error.message),
          );
          screen.draw(text);
          await screen.pause(flags.interval);
        }
      }),
    );
}
