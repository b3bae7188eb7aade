/**
 * A group of five no-op tasks and its callback, side by side in one run: `npm run bench -- join [--rounds N]`. Every round
 * runs every system once, in turn. Prints medians, ranges and ratios; writes JSON with `--json`.
 */
import { parseArgs } from "node:util";
import { median, met, spread, table } from "../support/figures.ts";
import { runBench } from "../support/run-bench.ts";
import type { GroupFigures } from "./driver.ts";
import { atomic, bullmq, celery, logged, type System } from "./systems.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    single: { type: "string", default: "300" },
    json: { type: "boolean", default: false },
  },
  allowPositionals: true,
});

await runBench(async (later) => {
  const systems: System[] = [logged, atomic, bullmq, celery].filter((system) => {
    const reason = system.missing();
    if (reason) console.error(`left out: ${system.name}: ${reason}`);
    return !reason;
  });
  const results = new Map<System, GroupFigures[]>(systems.map((system) => [system, []]));
  const rounds = Number(values.rounds);
  for (let round = 1; round <= rounds; round++)
    for (const system of systems) {
      const figures = await system.round(Number(values.single), later);
      results.get(system)?.push(figures);
      const { p50, p99, makespan } = figures;
      console.error(
        `round ${round}/${rounds} ${system.name}: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(1)} ms, makespan ${makespan.toFixed(3)}`,
      );
    }
  const of = (system: System, key: keyof GroupFigures) =>
    (results.get(system) ?? []).map((each) => each[key] ?? Number.NaN);
  if (values.json) {
    console.log(JSON.stringify(Object.fromEntries([...results].map(([{ name }, all]) => [name, all]))));
    return;
  }
  const head = ["group of five no-ops and callback", "p50 ms", "p99 ms", "five of 1 s / 1 s"];
  const rows = systems.map((system) => [
    system.name,
    spread(of(system, "p50"), 2),
    spread(of(system, "p99"), 1),
    spread(of(system, "makespan"), 3),
  ]);
  console.log(`\n${table(head, rows)}\n`);
  const rival = (system: System, own: System) => {
    const ratio = median(of(own, "p50")) / median(of(system, "p50"));
    return Number.isFinite(ratio) ? `${ratio.toFixed(2)}, ${met(ratio < 1)}` : "–";
  };
  const span = (own: System) => {
    const value = median(of(own, "makespan"));
    return `${value.toFixed(3)}, ${met(value <= 1.07)}`;
  };
  const gain = (own: System) => {
    const value = median(of(own, "speedup"));
    return `${value.toFixed(2)}, ${met(value >= 4.5)}`;
  };
  const goals = [
    ["p50 / BullMQ", "< 1", rival(bullmq, logged), rival(bullmq, atomic)],
    ["p50 / Celery", "< 1", rival(celery, logged), rival(celery, atomic)],
    ["one after the other / side by side", "≥ 4.5", gain(logged), gain(atomic)],
    ["makespan of five equal parts", "≤ 1.05 + 20 ms", span(logged), span(atomic)],
  ];
  console.log(table(["ratio", "goal", "logged", "one batch"], goals));
});
