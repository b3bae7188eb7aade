import { Command } from "commander";
import { checks } from "../doctor/checks.ts";
import type { Finding } from "../doctor/finding.ts";
import { Exit } from "../exit.ts";
import { jsonOption } from "../parse-options.ts";
import { type PrintOptions, print } from "../print.ts";
import { paint } from "../style.ts";

const SIGN = { ok: "✔", note: "·", problem: "✘" } as const;
const COLOUR = { ok: "green", note: "gray", problem: "red" } as const;

/** `penstock doctor`: looks at everything Penstock needs and says what to do about what is missing. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description(
      "check this machine: node, nats-server, NATS, streams, workers, models, disk; say what to do",
    )
    .addOption(jsonOption())
    .action(async (options: PrintOptions) => {
      const findings: Finding[] = [];
      for (const check of checks) findings.push(await check());
      print(options, findings, () => findings.map(line).join("\n"));
      if (findings.some((finding) => finding.state === "problem")) process.exitCode = Exit.failed;
    });
}

function line(finding: Finding): string {
  const text = `${paint(COLOUR[finding.state], SIGN[finding.state])} ${finding.what.padEnd(12)} ${finding.found}`;
  return finding.todo ? `${text}\n               → ${finding.todo}` : text;
}
