import { BUCKETS_S, type Histogram } from "../counts/histogram.ts";
import type { Sample } from "./family.ts";

/** A histogram's lines: each bucket with all below it, the sum, the count. */
export function histogramSamples(labels: string, { buckets, sum }: Histogram): Sample[] {
  const samples: Sample[] = [];
  let count = 0;
  for (const [i, bucket] of buckets.entries()) {
    count += bucket;
    samples.push({ suffix: "_bucket", labels: `${labels},le="${BUCKETS_S[i] ?? "+Inf"}"`, value: count });
  }
  samples.push({ suffix: "_sum", labels, value: sum }, { suffix: "_count", labels, value: count });
  return samples;
}
