import { Command } from "commander";
import { type AuditRecord, historyClient } from "#shared/history";
import { cut } from "../format.ts";
import { jsonOption, whole } from "../parse-options.ts";
import { type PrintOptions, print, table } from "../print.ts";
import { paint } from "../style.ts";
import { withBus } from "../with-bus.ts";

interface AuditFlags extends PrintOptions {
  action?: string;
  by?: string;
  target?: string;
  limit: number;
  cursor?: string;
}

/** `penstock audit`: who did what, when and why. */
export function auditCommand(): Command {
  return new Command("audit")
    .description("who did what, when and why, newest first")
    .option("--action <verb>", "only this, or what begins so: retry, worker.*, models.*")
    .option("--by <name>", "only what this person did")
    .option("--target <text>", "only what was done to this: a uid, a task, a stage, a queue, or part of one")
    .option("-n, --limit <n>", "how many", whole(1, 500), 50)
    .option("--cursor <text>", "where the last page ended")
    .addOption(jsonOption())
    .action(({ json, ...query }: AuditFlags) =>
      withBus(async (bus) => {
        const page = await historyClient(bus).listAudit(query);
        print({ ...(json === undefined ? {} : { json }) }, page, () => {
          const more = page.cursor ? `\n${paint("gray", `more: --cursor ${page.cursor}`)}` : "";
          return table(["when", "who", "what", "to what", "why", "how"], page.entries.map(line)) + more;
        });
      }),
    );
}

function line({ at, by, role, action, target, reason, details }: AuditRecord): string[] {
  const when = new Date(at).toISOString().slice(0, 19).replace("T", " ");
  const who = role === null ? by : `${by} (${role})`;
  return [when, who, action, target, reason ?? "–", details ? cut(JSON.stringify(details), 60) : ""];
}
