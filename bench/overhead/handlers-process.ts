/**
 * Every stage's own handler, one after the other in this process, on artifacts in memory: what a sheet costs without any
 * orchestration. Parent sends the path of a drawing; the answer is ms per stage.
 */
import { readFile } from "node:fs/promises";
import type { DiagramEvent } from "#shared/messages";
import { PIPELINES } from "#shared/pipeline";
import { type AnyStage, type MemoryContext, memoryContext } from "#shared/stage";
import { stageEntries } from "../../cli/up/stage-entries.ts";
import { ready } from "../support/fork-worker.ts";

const stages: [AnyStage, MemoryContext][] = [];
for (const { module } of stageEntries(PIPELINES)) {
  const { default: stage } = (await import(module.href)) as { default: AnyStage };
  stages.push([stage, await memoryContext(stage)]);
}

async function run(path: string): Promise<Record<string, number>> {
  const store = stages[0]![1];
  store.store.clear();
  const { bucket, key } = store.seed("source", await readFile(path), "inbox");
  let message: unknown = { uid: "bench", review: "none", object: `${bucket}/${key}` };
  const ms: Record<string, number> = {};
  for (const [stage, context] of stages) {
    const begun = performance.now();
    const result = await stage.handle(message as never, { ...context, artifacts: store.artifacts });
    ms[stage.name] = performance.now() - begun;
    message = (Array.isArray(result) ? result.at(-1)! : result).body as DiagramEvent;
  }
  return ms;
}

process.on("message", async (path: string) => process.send?.(await run(path)));
ready();
