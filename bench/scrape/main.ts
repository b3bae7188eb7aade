/**
 * Times scrapes of the exporter with 200 task names and 50 workers on as many hosts, with and without the families of
 * celery-exporter. Run: npm run bench -- scrape [--stages 200 --workers 50 --rounds 200] [--json]
 */
import { parseArgs } from "node:util";
import { startExporter } from "#services/exporter";
import { createLogger } from "#shared/telemetry";
import { quantile } from "../support/figures.ts";
import { runBench } from "../support/run-bench.ts";
import { startNats } from "../support/start-nats.ts";
import { manyStages, publishLoad } from "./load.ts";

const { values } = parseArgs({
  options: {
    stages: { type: "string", default: "200" },
    workers: { type: "string", default: "50" },
    rounds: { type: "string", default: "200" },
    json: { type: "boolean", default: false },
  },
});

await runBench(async (later) => {
  const pipeline = manyStages(Number(values.stages));
  const { bus } = await startNats(later, [pipeline]);
  const events = await publishLoad(bus, pipeline, Number(values.workers));
  const results = [];
  for (const compat of ["none", "celery-exporter"] as const) {
    const log = createLogger("exporter");
    await using exporter = await startExporter({ bus, pipelines: [pipeline], port: 0, compat, log });
    const times: number[] = [];
    let page = "";
    while (times.length < Number(values.rounds)) {
      const began = performance.now();
      const response = await fetch(`${exporter.url}/metrics`);
      page = await response.text();
      if (response.ok) times.push(performance.now() - began);
      else await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const series = page.split("\n").filter((line) => line && !line.startsWith("#")).length;
    results.push({
      compat,
      series,
      bytes: page.length,
      events,
      p50Ms: quantile(times, 0.5),
      p95Ms: quantile(times, 0.95),
      maxMs: Math.max(...times),
    });
  }
  if (values.json) console.log(JSON.stringify({ stages: values.stages, workers: values.workers, results }));
  else
    for (const each of results)
      console.log(
        `compat ${each.compat.padEnd(16)} ${each.series} series, ${(each.bytes / 1e6).toFixed(2)} MB   p50 ${each.p50Ms.toFixed(1)} ms   p95 ${each.p95Ms.toFixed(1)} ms   max ${each.maxMs.toFixed(1)} ms   (goal: under 50 ms)`,
      );
});
