import type { Counts } from "./counts/counts.ts";
import type { Names } from "./counts/names.ts";
import { type About, aboutFamilies } from "./families/about.ts";
import { celeryFamilies } from "./families/celery.ts";
import { olderCeleryFamilies } from "./families/older-celery.ts";
import { queueFamilies, queuesNow, stageFamilies } from "./families/queues.ts";
import { taskFamilies } from "./families/tasks.ts";
import { workerFamilies } from "./families/workers.ts";
import type { LiveState } from "./live/live.ts";
import type { Workers } from "./live/workers.ts";
import { format } from "./text/format.ts";

export interface RenderInput {
  names: Names;
  counts: Counts;
  workers: Workers;
  live: LiveState;
  about: About;
  /** Also the metrics of celery-exporter. */
  celery: boolean;
}

/** The whole page, from values that are at hand: a scrape asks nobody. */
export function render({ names, counts, workers, live, about, celery }: RenderInput): string {
  const hosts = workers.hosts();
  const stages = workers.stages();
  const queues = queuesNow(names, live.queues, stages, live.dead);
  return format([
    ...taskFamilies(counts, names),
    ...workerFamilies(hosts, names),
    ...queueFamilies(queues),
    ...stageFamilies(live.queues, stages),
    ...aboutFamilies(live, about),
    ...(celery
      ? [...celeryFamilies(counts, names, hosts, queues), ...olderCeleryFamilies(counts, names, hosts)]
      : []),
  ]);
}
