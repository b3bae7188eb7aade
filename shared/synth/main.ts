import { parseArgs } from "node:util";
import { makeDataset } from "./make-dataset.ts";

/** `npx tsx shared/synth/main.ts --count 10 --out folder`: datasets without the rest of the command line tool. */
const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1" },
    out: { type: "string" },
    seed: { type: "string", default: "1" },
    size: { type: "string" },
    scan: { type: "string", default: "none" },
    stencils: { type: "string" },
    jobs: { type: "string", default: "1" },
  },
});
const [widthPx, heightPx] = values.size?.split("x").map(Number) ?? [];
await makeDataset({
  folder: values.out!,
  count: Number(values.count),
  seed: Number(values.seed),
  widthPx,
  heightPx,
  scan: values.scan as "none",
  stencils: values.stencils,
  jobs: Number(values.jobs),
});
