import { artifactOf, Coco, type DiagramEvent, type Gate, Graph } from "#shared/messages";
import type { AttemptModels } from "#shared/models";
import type { StageArtifacts, StageLog } from "#shared/stage";

interface Context {
  models: AttemptModels;
  artifacts: StageArtifacts;
  log: StageLog;
}

/** What learned models say about a diagram at a gate: what to merge into its event. Nothing where none is live. */
export interface Learned {
  confidence?: Partial<Record<Gate, number>>;
  counts?: Record<string, number>;
  models?: Record<string, string>;
}

/** The two questions a gate has. What both need is read and run once. */
export interface LearnedAnswers {
  /**
   * The calibrated certainty of the least certain item, in the place of the raw score, once a model `regression` is live. Only
   * asked where it decides something: in review `auto`.
   */
  certainty(): Promise<Learned>;
  /**
   * How many corrections a diagram that will wait probably needs, once a model `ranking` or `regression` is live:
   * `counts.expectedCorrections`, by which the review queue is ordered.
   */
  need(): Promise<Learned>;
}

/** Learned models of the gates are small: more threads would only wake cores. */
const OPEN = { threads: 1 };

/** Asks the live models. One that cannot be used says so in the task's log; the diagram goes on as it would without. */
export function askLearned(
  message: DiagramEvent,
  gate: "annotation" | "graph",
  { models, artifacts, log }: Context,
): LearnedAnswers {
  const bytes = (name: string) => artifacts.get(artifactOf(message, name));
  const json = async (name: string): Promise<unknown> =>
    JSON.parse(new TextDecoder().decode(await bytes(name)));
  // Only loaded once there is something learned, which is also when a gate runs in an executor.
  const load = once(() => import("#shared/learn"));
  const sheet = once(async () => (await import("#shared/raster")).readGrey(await bytes("sheet.png")));
  const detections = once(async () => Coco.parse(await json("detections.json")));
  const built = once(async () => ({
    list: (await load()).readJunctionList(await json("junctions.json")),
    graph: Graph.parse(await json("graph.json")),
  }));

  const certainties = once(() =>
    orNull("regression", async (model) => {
      const { boxCertainties, graphCertainties } = await load();
      if (gate === "annotation") return boxCertainties(model, await sheet(), await detections());
      const { graph, list } = await built();
      return graphCertainties(model, graph, list, Coco.parse(await json("annotations.json")));
    }),
  );
  const work = () =>
    orNull("ranking", async (model) => {
      const { expectedCorrections } = await load();
      return expectedCorrections(model, {
        sheet: await sheet(),
        detections: await detections(),
        ...(gate === "graph" && { junctions: (await built()).list.junctions, graph: (await built()).graph }),
      });
    });

  return {
    async certainty() {
      if (message.review !== "auto") return {};
      const found = await certainties();
      if (!found) return {};
      const { leastCertainty } = await load();
      return { confidence: { [gate]: leastCertainty(found) }, models: models.used() };
    },
    async need() {
      const [found, rated] = [await certainties(), await work()];
      if (found === null && rated === null) return {};
      const expected = (await load()).correctionsOf(found, rated)!;
      return { counts: { expectedCorrections: expected }, models: models.used() };
    },
  };

  async function orNull<T>(
    name: "regression" | "ranking",
    ask: (model: NonNullable<Awaited<ReturnType<AttemptModels["openIfAny"]>>>) => Promise<T>,
  ): Promise<T | null> {
    try {
      const model = await models.openIfAny(name, OPEN);
      return model && (await ask(model));
    } catch (error) {
      log.warn(`model ${name} was not used: ${(error as Error).message}`);
      return null;
    }
  }
}

/** Does it when first asked, and remembers. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
