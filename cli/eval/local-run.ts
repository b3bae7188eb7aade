import type { DiagramEvent } from "#shared/messages";
import { PIPELINES } from "#shared/pipeline";
import { type AnyStage, type MemoryContext, memoryContext } from "#shared/stage";
import { stageEntries } from "../up/stage-entries.ts";

/** The stages from a drawing to its graph, in the order of the declaration; exports say nothing about the reading. */
async function loadStages(): Promise<AnyStage[]> {
  const entries = stageEntries(PIPELINES).filter(
    ({ pipeline, stage }) => pipeline.name === "diagram" && stage.name !== "export",
  );
  return Promise.all(entries.map(async ({ module }) => (await import(module.href)).default as AnyStage));
}

export interface LocalRunOptions {
  /** Settings by stage, e.g. `{ detect: { confidence: 0.3 } }`. */
  settings?: Record<string, Record<string, unknown>>;
}

export interface SheetOptions {
  /** @default "sheet" */
  uid?: string;
  page?: number;
  /** Artifacts to put in the place of a stage's own, as soon as it has written them: true boxes, masks or junctions. */
  replace?: Record<string, Uint8Array | string>;
}

export interface LocalResult {
  event: DiagramEvent;
  artifacts: Record<string, Uint8Array>;
  /** Seconds per stage, in order. */
  seconds: Record<string, number>;
  /** CPU seconds per stage, all threads: what a loaded machine cannot blur. */
  cpuSeconds: Record<string, number>;
  log: string[];
}

/**
 * The diagram pipeline from ingest to the graph in this process, without a bus: the stages' own handlers on one store in
 * memory. Models are opened once.
 */
export async function openLocalRun(options: LocalRunOptions = {}) {
  const stages = await loadStages();
  const contexts = new Map<AnyStage, MemoryContext>();
  for (const stage of stages)
    contexts.set(stage, await memoryContext(stage, options.settings?.[stage.name] ?? {}));
  return async (source: Uint8Array, sheet: SheetOptions = {}): Promise<LocalResult> => {
    const { uid = "sheet", page, replace = {} } = sheet;
    const store = contexts.get(stages[0]!)!;
    store.store.clear();
    const ref = store.seed("source", source, "inbox");
    let message: unknown = { uid, page, review: "none", object: `${ref.bucket}/${ref.key}` };
    const seconds: Record<string, number> = {};
    const cpuSeconds: Record<string, number> = {};
    const log: string[] = [];
    for (const stage of stages) {
      const context = contexts.get(stage)!;
      context.lines.length = 0;
      const begun = performance.now();
      const before = process.cpuUsage();
      const result = await stage.handle(message, { ...context, artifacts: store.artifacts });
      seconds[stage.name] = (performance.now() - begun) / 1000;
      const { user, system } = process.cpuUsage(before);
      cpuSeconds[stage.name] = (user + system) / 1e6;
      log.push(...context.lines.map((line) => `${stage.name}: ${line}`));
      const last = Array.isArray(result) ? result.at(-1)! : result;
      if (last.type === "diagram.split") throw new Error("the source has several pages; name one");
      const event = last.body as DiagramEvent;
      for (const [name, bytes] of Object.entries(replace))
        if (
          name in event.artifacts &&
          !((message as DiagramEvent).artifacts && name in (message as DiagramEvent).artifacts)
        )
          event.artifacts[name] = await store.artifacts.put(name, bytes);
      message = event;
    }
    const event = message as DiagramEvent;
    const artifacts: Record<string, Uint8Array> = {};
    for (const [name, { bucket, key }] of Object.entries(event.artifacts))
      artifacts[name] = store.store.get(`${bucket}/${key}`)!;
    return { event, artifacts, seconds, cpuSeconds, log };
  };
}
