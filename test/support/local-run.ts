import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { openLocalRun } from "../../cli/eval/local-run.ts";

export {
  type LocalResult,
  type LocalRunOptions,
  openLocalRun,
  type SheetOptions,
} from "../../cli/eval/local-run.ts";

/** `npx tsx test/support/local-run.ts SHEET… --out DIR [--set stage.setting=value]…` */
async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: "string", default: "out" },
      set: { type: "string", multiple: true, default: [] },
      page: { type: "string" },
    },
  });
  const settings: Record<string, Record<string, unknown>> = {};
  for (const assignment of values.set) {
    const [, stage, field, value] = assignment.match(/^([^.]+)\.([^=]+)=(.*)$/)!;
    settings[stage!] = { ...settings[stage!], [field!]: value };
  }
  const run = await openLocalRun({ settings });
  for (const file of positionals) {
    const name = basename(file, extname(file));
    const uid = name.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, 64);
    const { event, artifacts, seconds, log } = await run(await readFile(file), {
      uid,
      ...(values.page && { page: Number(values.page) }),
    });
    const folder = join(values.out, name);
    await mkdir(folder, { recursive: true });
    for (const [artifact, bytes] of Object.entries(artifacts)) await writeFile(join(folder, artifact), bytes);
    await writeFile(join(folder, "event.json"), JSON.stringify(event, null, 2));
    console.log(`${name}: ${JSON.stringify(event.counts)} ${JSON.stringify(event.confidence)}`);
    console.log(log.map((line) => `  ${line}`).join("\n"));
    const rows = Object.entries(seconds).map(([stage, s]) => `${stage} ${s.toFixed(2)}`);
    const total = Object.values(seconds).reduce((a, b) => a + b, 0);
    console.log(`  seconds: ${rows.join(", ")}; total ${total.toFixed(2)}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
