/**
 * Seven-stage chains of no-ops, side by side in one run: `npm run bench -- chains [--rounds N]`. Every round runs every
 * system once, in turn, so that a noisy machine is noisy for all. Prints medians, ranges and ratios; writes JSON with
 * `--json`.
 */
import { parseArgs } from "node:util";
import type { ChainFigures } from "./driver.ts";
import { bare, bullmq, celery, penstock, penstock2, type System } from "./systems.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, json: { type: "boolean", default: false } },
  allowPositionals: true,
});

const systems: System[] = [penstock, penstock2, bare, bullmq, celery].filter((system) => {
  const reason = system.missing();
  if (reason) console.error(`left out: ${system.name}: ${reason}`);
  return !reason;
});

const results = new Map<System, ChainFigures[]>(systems.map((system) => [system, []]));
const rounds = Number(values.rounds);
for (let round = 1; round <= rounds; round++)
  for (const system of systems) {
    const figures = await system.round({ single: 200, many: 3_000, inFlight: 100 });
    results.get(system)!.push(figures);
    process.stderr.write(
      `round ${round}/${rounds} ${system.name}: ${figures.p50.toFixed(2)} ms, ${figures.rate.toFixed(0)}/s\n`,
    );
  }

const sorted = (system: System, key: keyof ChainFigures) =>
  (results.get(system) ?? []).map((figures) => figures[key]).sort((a, b) => a - b);
const median = (system: System, key: keyof ChainFigures) => {
  const all = sorted(system, key);
  return all[Math.floor(all.length / 2)] ?? Number.NaN;
};
const range = (system: System, key: keyof ChainFigures, digits: number) => {
  const all = sorted(system, key);
  return `${median(system, key).toFixed(digits)} (${all[0]?.toFixed(digits)}–${all.at(-1)?.toFixed(digits)})`;
};
const ratio = (a: number, b: number) => (Number.isFinite(a / b) ? (a / b).toFixed(2) : "–");

if (values.json)
  console.log(JSON.stringify(Object.fromEntries([...results].map(([system, all]) => [system.name, all]))));
else {
  console.log(
    `\n| seven-stage chain of no-ops, ${rounds} rounds | p50 ms, one at a time | p99 ms | chains/s, 100 in flight |`,
  );
  console.log("|---|---|---|---|");
  for (const system of systems)
    console.log(
      `| ${system.name} | ${range(system, "p50", 2)} | ${range(system, "p99", 1)} | ${range(system, "rate", 0)} |`,
    );
  console.log(`\n| ratio | goal | one process | two processes |\n|---|---|---|---|`);
  const row = (what: string, goal: string, of: (system: System) => string) =>
    console.log(`| ${what} | ${goal} | ${of(penstock)} | ${of(penstock2)} |`);
  row("throughput / Celery", "≥ 12", (own) => ratio(median(own, "rate"), median(celery, "rate")));
  row("throughput / BullMQ", "≥ 1.2", (own) => ratio(median(own, "rate"), median(bullmq, "rate")));
  row("latency / BullMQ", "≤ 0.8", (own) => ratio(median(own, "p50"), median(bullmq, "p50")));
  row("latency / bare client", "≤ 1.6", (own) => ratio(median(own, "p50"), median(bare, "p50")));
}
process.exit(0);
