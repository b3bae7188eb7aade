import type { DeclaredPipeline, WorkerRow } from "../../api/types.ts";

/** Workers as their stages follow each other; those of one stage by name, those of no declared stage last. */
export function inOrder<W extends Pick<WorkerRow, "worker" | "stage">>(
  workers: readonly W[],
  pipelines: readonly Pick<DeclaredPipeline, "stages">[],
): W[] {
  const names = pipelines.flatMap((pipeline) => pipeline.stages.map((stage) => stage.name));
  const places = new Map(names.map((name, i) => [name, i]));
  const place = (worker: W) => places.get(worker.stage) ?? names.length;
  return [...workers].sort((a, b) => place(a) - place(b) || a.worker.localeCompare(b.worker));
}
