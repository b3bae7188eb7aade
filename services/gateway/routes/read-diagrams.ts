import { createRoute, z } from "@hono/zod-openapi";
import type { Bus } from "#shared/bus";
import { PenstockError } from "#shared/errors";
import { RunDetail, RunsPage, Timeline } from "#shared/history";
import type { ArtifactRef } from "#shared/messages";
import { type RunNow, readRun } from "#shared/operate";
import { diagramPipeline } from "#shared/pipeline";
import type { App, Gateway } from "../context.ts";
import { json, problems, QueryInt, QueryList, UidParam } from "../http/openapi.ts";

const list = createRoute({
  method: "get",
  path: "/api/diagrams",
  tags: ["diagrams"],
  summary: "List diagrams, newest first",
  request: {
    query: z.object({
      state: QueryList.optional(),
      phase: z.enum(["active", "waiting", "final"]).optional(),
      q: z.string().max(200).optional().describe("part of the name or uid"),
      parent: z.string().max(100).optional(),
      sort: z.enum(["updated", "created"]).optional(),
      cursor: z.string().max(300).optional(),
      limit: QueryInt(1, 200).optional(),
    }),
  },
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

  app.openapi(one, async (c) => {
    const { uid } = c.req.valid("param");
    const history = await gateway.history();
    try {
      return c.json(await history.getRun(uid, diagramPipeline.name), 200);
    } catch (error) {
      if (!isUnknown(error)) throw error;
      return c.json(await fromStream(await gateway.bus(), uid), 200);
    }
  });

  app.openapi(timeline, async (c) => {
    const { uid } = c.req.valid("param");
    const history = await gateway.history();
    try {
      return c.json(await history.timeline(uid, diagramPipeline.name), 200);
    } catch (error) {
      if (!isUnknown(error)) throw error;
      const run = await readRun(await gateway.bus(), diagramPipeline, uid);
      return c.json({ uid, pipeline: diagramPipeline.name, events: timelineOf(run), tasks: [] }, 200);
    }
  });
}

/** The tracker is not there, or not that far yet: the stream knows. */
function isUnknown(error: unknown): boolean {
  return (
    error instanceof PenstockError && (error.code === "RUN_NOT_FOUND" || error.code === "TRACKER_UNAVAILABLE")
  );
}

function timelineOf(run: RunNow): z.infer<typeof Timeline>["events"] {
  return run.events.map((event) => ({
    type: event.type,
    state: event.spec.state,
    stage:
      Object.values(diagramPipeline.stages).find((stage) => stage.gives.includes(event.type))?.name ?? null,
    seq: event.seq,
    at: event.time.getTime(),
    generation: event.generation,
  }));
}

/** A diagram as its last message shows it. */
async function fromStream(bus: Bus, uid: string): Promise<z.infer<typeof RunDetail>> {
  const run = await readRun(bus, diagramPipeline, uid);
  const { last } = run;
  const first = run.events[0] ?? last;
  const { artifacts, name, review, ...details } = last.body() as {
    artifacts?: Record<string, ArtifactRef>;
    name?: string;
    review?: string;
  } & Record<string, unknown>;
  const failed = last.type === diagramPipeline.failed;
  const stage = Object.values(diagramPipeline.stages).find((each) => each.takes.includes(last.type));
  return {
    uid,
    pipeline: diagramPipeline.name,
    name: name ?? null,
    state: last.spec.state,
    final: last.spec.final ?? false,
    waits: last.spec.waits ?? false,
    stage: stage?.name ?? null,
    generation: run.generation,
    progress: last.spec.final ? 1 : 0,
    review: review ?? null,
    parent: null,
    error: failed
      ? {
          stage: String(details.error_stage),
          code: String(details.error_code),
          message: String(details.error_message),
        }
      : null,
    created: first.time.getTime(),
    updated: last.time.getTime(),
    seq: last.seq,
    artifacts: artifacts ?? {},
    details,
    children: [],
  };
}
