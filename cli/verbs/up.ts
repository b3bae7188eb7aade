import { Command } from "commander";
import { DATA_FOLDER } from "../data-folder.ts";
import { jsonOption, milliseconds, whole } from "../parse-options.ts";
import { paint } from "../style.ts";
import { untilStopped } from "../until-stopped.ts";

interface UpFlags {
  data: string;
  host?: string;
  port?: number;
  natsPort?: number;
  executors?: number;
  exporter?: boolean;
  demo?: boolean;
  exit?: boolean;
  grace?: number;
  json?: boolean;
}

/** `penstock up`: everything on this machine, until stopped. */
export function upCommand(): Command {
  return new Command("up")
    .description("run everything on this machine until stopped: nats-server, tracker, gateway and all stages")
    .option("--data <folder>", "where everything is kept", DATA_FOLDER)
    .option("--host <address>", "address of the gateway; any but loopback needs GATEWAY_TOKEN")
    .option("-p, --port <n>", "port of the gateway; 8080, or a free one when that is taken", whole(0, 65_535))
    .option("--nats-port <n>", "port of the embedded nats-server; 4222, or a free one", whole(0, 65_535))
    .option("--executors <n>", "processes that compute", whole(1, 256))
    .option("--exporter", "also serve metrics for Prometheus, on port 9808 or a free one (EXPORTER_…)")
    .option("--demo", "digitise an example sheet first")
    .option("--exit", "stop after the demo")
    .option("--grace <duration>", "how long running tasks may go on when stopping", milliseconds)
    .addOption(jsonOption())
    .addHelpText(
      "after",
      "\nWith NATS_URL set, that NATS is used and none is started. Ctrl-C stops; twice stops at once.",
    )
    .action(async (flags: UpFlags) => {
      const stopped = untilStopped();
      const { startUp } = await import("../up/start-up.ts");
      const began = performance.now();
      const { demo, exit, json, grace, ...options } = flags;
      const up = await startUp(options);
      const write = (line: string) => {
        if (!json) process.stdout.write(`${line}\n`);
      };
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      write(`${paint("bold", "Penstock is up")}  ${up.url}   ${paint("gray", `started in ${seconds} s`)}`);
      write(
        paint("gray", `nats      ${up.natsUrl}${up.embedded ? " (embedded)" : ""}\nlog       ${up.logFile}`),
      );
      if (up.metricsUrl) write(paint("gray", `metrics   ${up.metricsUrl}`));
      if (json) {
        const { url, natsUrl, metricsUrl } = up;
        process.stdout.write(
          `${JSON.stringify({ event: "up", url, natsUrl, metricsUrl, pid: process.pid })}\n`,
        );
      }
      try {
        const shown = demo ? showDemo(up, write, json) : Promise.resolve(0);
        const code = await Promise.race([shown.then((result) => (exit ? result : undefined)), stopped.code]);
        if (code === undefined)
          write(
            `\n${paint("gray", "It stays up. Ctrl-C stops it; penstock submit FILE hands in a drawing.")}`,
          );
        process.exitCode = code ?? (await stopped.code);
      } finally {
        await up.stop(grace);
        write(paint("gray", "stopped"));
      }
    });
}

async function showDemo(
  up: Awaited<ReturnType<typeof import("../up/start-up.ts").startUp>>,
  write: (line: string) => void,
  json: boolean | undefined,
): Promise<number> {
  const { runDemo } = await import("../up/demo.ts");
  const code = await runDemo(up, write, !json);
  if (json) process.stdout.write(`${JSON.stringify({ event: "demo", exitCode: code })}\n`);
  return code;
}
