import { artifactOf, Coco, type DiagramEvent, type Gate, Graph } from "#shared/messages";
import type { AttemptModels } from "#shared/models";
import { readGrey } from "#shared/raster";
import type { StageArtifacts, StageLog } from "#shared/stage";

interface Context {
  models: AttemptModels;
  artifacts: StageArtifacts;
  log: StageLog;
}

/** Gates run on the worker's event loop: what learning needs is only loaded once there is something learned. */
const loadLearn = () => import("#shared/learn");

/** Learned models of the gates are small: more threads would only wake cores. */
const OPEN = { threads: 1 };

/** What learned models say about a diagram at a gate: what to merge into its event. Nothing where none is live. */
export interface Learned {
  confidence?: Partial<Record<Gate, number>>;
  counts?: Record<string, number>;
  models?: Record<string, string>;
}

/**
 * The calibrated certainty of the least certain item, in the place of the raw score, once a model `regression` is live. Only
 * asked where it decides something: in review `auto`.
 */
export async function learnedCertainty(
  message: DiagramEvent,
  gate: "annotation" | "graph",
  { models, artifacts, log }: Context,
): Promise<Learned> {
  if (message.review !== "auto") return {};
  return orNothing("regression", log, async () => {
    const model = await models.openIfAny("regression", OPEN);
    if (!model) return {};
    const learn = await loadLearn();
    const read = reader(message, artifacts);
    const certainties =
      gate === "annotation"
        ? await learn.boxCertainties(
            model,
            await readGrey(await read.bytes("sheet.png")),
            Coco.parse(await read.json("detections.json")),
          )
        : await learn.graphCertainties(
            model,
            Graph.parse(await read.json("graph.json")),
            learn.readJunctionList(await read.json("junctions.json")),
            Coco.parse(await read.json("annotations.json")),
          );
    return { confidence: { [gate]: learn.leastCertainty(certainties) }, models: models.used() };
  });
}

/**
 * How many corrections a diagram that will wait probably needs, once a model `ranking` is live: `counts.expectedCorrections`, by
 * which the review queue is ordered.
 */
export async function learnedNeed(
  message: DiagramEvent,
  gate: "annotation" | "graph",
  { models, artifacts, log }: Context,
): Promise<Learned> {
  return orNothing("ranking", log, async () => {
    const model = await models.openIfAny("ranking", OPEN);
    if (!model) return {};
    const learn = await loadLearn();
    const read = reader(message, artifacts);
    const need = await learn.expectedCorrections(model, {
      sheet: await readGrey(await read.bytes("sheet.png")),
      detections: Coco.parse(await read.json("detections.json")),
      ...(gate === "graph" && {
        junctions: learn.readJunctionList(await read.json("junctions.json")).junctions,
        graph: Graph.parse(await read.json("graph.json")),
      }),
    });
    return { counts: { expectedCorrections: Math.round(need * 100) / 100 }, models: models.used() };
  });
}

/** A learned model helps; where it cannot, the diagram goes on as it would without. */
async function orNothing(model: string, log: StageLog, ask: () => Promise<Learned>): Promise<Learned> {
  try {
    return await ask();
  } catch (error) {
    log.warn(`model ${model} was not used: ${(error as Error).message}`);
    return {};
  }
}

function reader(message: DiagramEvent, artifacts: StageArtifacts) {
  const bytes = (name: string) => artifacts.get(artifactOf(message, name));
  const json = async (name: string): Promise<unknown> =>
    JSON.parse(new TextDecoder().decode(await bytes(name)));
  return { bytes, json };
}
