import { createRoute, z } from "@hono/zod-openapi";
import { RunDetail, RunsPage, Timeline } from "#shared/history";
import { diagramPipeline } from "#shared/pipeline";
import type { App, Gateway } from "../context.ts";
import { json, problems, QueryInt, QueryList, UidParam } from "../http/openapi.ts";
import { viewRun, viewTimeline } from "../runs/view-run.ts";

/** Filters of a list of runs. */
export const RunsFilter = z.object({
  state: QueryList.optional(),
  phase: z.enum(["active", "waiting", "final"]).optional(),
  q: z.string().max(200).optional().describe("part of the name or uid"),
  parent: z.string().max(100).optional(),
  sort: z.enum(["updated", "created"]).optional(),
  cursor: z.string().max(300).optional(),
  limit: QueryInt(1, 200).optional(),
});

const list = createRoute({
  method: "get",
  path: "/api/diagrams",
  tags: ["diagrams"],
  summary: "List diagrams, newest first",
  request: { query: RunsFilter },
  responses: { 200: json(RunsPage, "one page"), ...problems },
});

const one = createRoute({
  method: "get",
  path: "/api/diagrams/{uid}",
  tags: ["diagrams"],
  summary: "One diagram",
  request: { params: UidParam },
  responses: { 200: json(RunDetail, "its state, artifacts and figures"), ...problems },
});

const timeline = createRoute({
  method: "get",
  path: "/api/diagrams/{uid}/timeline",
  tags: ["diagrams"],
  summary: "What happened to a diagram, each attempt with waiting and run time",
  request: { params: UidParam },
  responses: { 200: json(Timeline, "events and tasks"), ...problems },
});

/** Looking at diagrams: from the tracker's history, and from the stream for one the tracker has not heard of yet. */
export function readDiagrams(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) => {
    const history = await gateway.history();
    return c.json(await history.listRuns({ pipeline: diagramPipeline.name, ...c.req.valid("query") }), 200);
  });
  app.openapi(one, async (c) =>
    c.json(await viewRun(gateway, diagramPipeline, c.req.valid("param").uid), 200),
  );
  app.openapi(timeline, async (c) =>
    c.json(await viewTimeline(gateway, diagramPipeline, c.req.valid("param").uid), 200),
  );
}
