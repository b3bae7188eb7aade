import { createRoute, z } from "@hono/zod-openapi";
import type { Bus } from "#shared/bus";
import { RunSummary } from "#shared/history";
import { Gate, type ModelName } from "#shared/messages";
import { readLive } from "#shared/models";
import { diagramPipeline, GATES } from "#shared/pipeline";
import type { App, Gateway } from "../context.ts";
import { json, problems, QueryInt } from "../http/openapi.ts";
import { Reranker } from "../review/reranker.ts";

/** Diagrams whose details are asked for at once. */
const AT_ONCE = 16;

const Waiting = RunSummary.extend({
  gate: Gate,
  confidence: z.number().nullable().describe("of the least certain item, 0..1"),
  expectedCorrections: z
    .number()
    .nullable()
    .describe("by the models `ranking` and `regression`; null before one was promoted"),
  outdated: z
    .boolean()
    .describe("the estimate is that of models that are live no more; it is being made anew"),
});

const list = createRoute({
  method: "get",
  path: "/api/review",
  tags: ["diagrams"],
  summary: "Diagrams that wait for a person, those that need one most first",
  description:
    "Ordered by `expectedCorrections` where learned models have said, then by the least certain item, then by how long they wait. After a promotion the first look sets the estimates of what waits going anew: ask again while some are `outdated`.",
  request: { query: z.object({ gate: Gate.optional(), limit: QueryInt(1, 200).optional() }) },
  responses: {
    200: json(
      z.object({
        diagrams: z.array(Waiting),
        orderedBy: z.enum(["ranking", "confidence"]),
        total: z.number().int().nullable(),
      }),
      "the queue",
    ),
    ...problems,
  },
});

type Row = z.infer<typeof Waiting>;

/** The review queue. */
export function review(app: App, gateway: Gateway): void {
  const reranker = new Reranker(gateway.looker, gateway.log);
  app.openapi(list, async (c) => {
    const { gate: wanted, limit = 200 } = c.req.valid("query");
    const history = await gateway.history();
    const bus = await gateway.bus();
    const [ranking, regression] = await Promise.all([
      liveVersion(bus, "ranking"),
      liveVersion(bus, "regression"),
    ]);
    const gates = wanted ? [wanted] : Gate.options;
    const gateOf = new Map<string, Gate>(
      gates.map((gate) => [diagramPipeline.messages[GATES[gate].waiting]!.state, gate]),
    );
    const state = [...gateOf.keys()];
    const page = await history.listRuns({ pipeline: diagramPipeline.name, phase: "waiting", state, limit });
    const rows: Row[] = [];
    for (let from = 0; from < page.runs.length; from += AT_ONCE)
      rows.push(
        ...(await Promise.all(
          page.runs.slice(from, from + AT_ONCE).map(async (run): Promise<Row> => {
            const { details, artifacts } = await history.getRun(run.uid, diagramPipeline.name);
            const gate = gateOf.get(run.state)!;
            const { confidence, counts, models } = details as {
              confidence?: Record<string, number>;
              counts?: Record<string, number>;
              models?: Record<string, string>;
            };
            const diagram = {
              ...{ uid: run.uid, gate, updated: run.updated, artifacts },
              corrections: counts?.expectedCorrections ?? null,
              by: { ranking: models?.ranking ?? null, regression: models?.regression ?? null },
            };
            const { corrections, outdated } = reranker.of(bus.url, diagram, { ranking, regression });
            return {
              ...run,
              gate,
              confidence: confidence?.[gate] ?? null,
              expectedCorrections: corrections,
              outdated,
            };
          }),
        )),
      );
    rows.sort(byNeed);
    const ranked = rows.some(({ expectedCorrections }) => expectedCorrections !== null);
    return c.json(
      {
        diagrams: rows,
        orderedBy: ranked ? ("ranking" as const) : ("confidence" as const),
        total: page.total,
      },
      200,
    );
  });
}

async function liveVersion(bus: Bus, name: ModelName): Promise<string | null> {
  return (await readLive(bus, name)).value?.version ?? null;
}

/** Most work first; what nobody has estimated comes after, the least certain first. */
function byNeed(a: Row, b: Row): number {
  const work = (b.expectedCorrections ?? -1) - (a.expectedCorrections ?? -1);
  return work || (a.confidence ?? 0) - (b.confidence ?? 0) || a.updated - b.updated;
}
