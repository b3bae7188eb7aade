import { type DatasetOptions, makeOne } from "./make-dataset.ts";

import { readStencils } from "./stencils/read-stencils.ts";

/** Child process of makeDataset: makes every jobs-th sheet and says so after each. */
const options = JSON.parse(process.argv[2]!) as DatasetOptions & { seed: number; job: number; jobs: number };
const library = options.stencils ? readStencils(options.stencils) : undefined;
for (let i = options.job; i < options.count; i += options.jobs) {
  await makeOne(options, options.seed + i, library);
  process.send?.("done");
}
process.disconnect?.();
