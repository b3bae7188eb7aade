import { type DatasetOptions, makeOne } from "./make-dataset.ts";

/** Child process of makeDataset: makes every jobs-th sheet and says so after each. */
const options = JSON.parse(process.argv[2]!) as DatasetOptions & { seed: number; job: number; jobs: number };
for (let i = options.job; i < options.count; i += options.jobs) {
  await makeOne(options, options.seed + i);
  process.send?.("done");
}
process.disconnect?.();
