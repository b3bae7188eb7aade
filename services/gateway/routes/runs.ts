import { createRoute, z } from "@hono/zod-openapi";
import { RunDetail, RunsPage, Timeline } from "#shared/history";
import { Uid } from "#shared/messages";
import { pipelineNamed, remove, retry, revoke } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { Actor, actorOf, body, json, problems, UidParam } from "../http/openapi.ts";
import { artifactRows, sendArtifact } from "../runs/send-artifact.ts";
import { viewRun, viewTimeline } from "../runs/view-run.ts";
import { Removed, RetryBody, RunRetried, RunRevoked } from "./act-on-diagrams.ts";
import { ARTIFACT_BYTES, Artifacts, Download } from "./artifacts.ts";
import { RunsFilter } from "./read-diagrams.ts";

const Name = z.string().max(60);
const RunParam = UidParam.extend({ pipeline: Name });
const SELF = "/api/runs/{pipeline}/{uid}";

const list = createRoute({
  method: "get",
  path: "/api/runs",
  tags: ["runs"],
  summary: "List runs of one pipeline or of all, newest first",
  request: { query: RunsFilter.extend({ pipeline: Name.optional() }) },
  responses: { 200: json(RunsPage, "one page"), ...problems },
});

const one = createRoute({
  method: "get",
  path: SELF,
  tags: ["runs"],
  summary: "One run",
  request: { params: RunParam },
  responses: { 200: json(RunDetail, "its state, artifacts and figures"), ...problems },
});

const timeline = createRoute({
  method: "get",
  path: `${SELF}/timeline`,
  tags: ["runs"],
  summary: "What happened to a run, each attempt with waiting and run time",
  request: { params: RunParam },
  responses: { 200: json(Timeline, "events and tasks"), ...problems },
});

const artifactList = createRoute({
  method: "get",
  path: `${SELF}/artifacts`,
  tags: ["runs"],
  summary: "Artifacts of a run",
  request: { params: RunParam },
  responses: { 200: json(Artifacts, "the latest of each name"), ...problems },
});

const retryRoute = createRoute({
  method: "post",
  path: `${SELF}/retry`,
  tags: ["runs"],
  summary: "Run it again, from the stage that failed or from a given one",
  request: { params: RunParam, ...body(RetryBody) },
  responses: { 202: json(RunRetried, "sent again"), ...problems },
});

const revokeRoute = createRoute({
  method: "post",
  path: `${SELF}/revoke`,
  tags: ["runs"],
  summary: "End it, with all its parts",
  request: { params: RunParam, ...body(Actor) },
  responses: { 202: json(RunRevoked, "ended"), ...problems },
});

const removeRoute = createRoute({
  method: "delete",
  path: SELF,
  tags: ["runs"],
  summary: "Delete a run that is over or waits, with its artifacts and messages",
  request: { params: RunParam },
  responses: { 200: json(Removed, "deleted"), ...problems },
});

/** Runs of any pipeline: the verbs of diagrams for all of them. */
export function runs(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) => {
    const { pipeline, ...query } = c.req.valid("query");
    const named = pipeline === undefined ? {} : { pipeline: pipelineNamed(pipeline).name };
    return c.json(await (await gateway.history()).listRuns({ ...query, ...named }), 200);
  });
  app.openapi(one, async (c) => {
    const { pipeline, uid } = c.req.valid("param");
    return c.json(await viewRun(gateway, pipelineNamed(pipeline), uid), 200);
  });
  app.openapi(timeline, async (c) => {
    const { pipeline, uid } = c.req.valid("param");
    return c.json(await viewTimeline(gateway, pipelineNamed(pipeline), uid), 200);
  });
  app.openapi(artifactList, async (c) => {
    const { pipeline, uid } = c.req.valid("param");
    const self = `/api/runs/${pipeline}/${uid}`;
    return c.json({ artifacts: await artifactRows(gateway, pipelineNamed(pipeline), uid, self) }, 200);
  });
  app.openAPIRegistry.registerPath({
    method: "get",
    path: `${SELF}/artifacts/{name}`,
    tags: ["runs"],
    summary: "One artifact of a run",
    request: { params: RunParam.extend({ name: z.string() }), query: Download },
    responses: ARTIFACT_BYTES,
  });
  app.get("/api/runs/:pipeline/:uid/artifacts/:name", (c) => {
    const uid = Uid.parse(c.req.param("uid"));
    return sendArtifact(c, gateway, pipelineNamed(c.req.param("pipeline")), uid, c.req.param("name"));
  });
  app.openapi(retryRoute, async (c) => {
    const { pipeline, uid } = c.req.valid("param");
    const json = c.req.valid("json");
    const from = json?.from === undefined ? {} : { from: json.from };
    const options = { ...actorOf(c, json), ...from, pipeline: pipelineNamed(pipeline) };
    return c.json(await retry(await gateway.bus(), uid, options), 202);
  });
  app.openapi(revokeRoute, async (c) => {
    const { pipeline, uid } = c.req.valid("param");
    const options = { ...actorOf(c, c.req.valid("json")), pipeline: pipelineNamed(pipeline) };
    return c.json(await revoke(await gateway.bus(), uid, options), 202);
  });
  app.openapi(removeRoute, async (c) => {
    const { pipeline, uid } = c.req.valid("param");
    const options = { ...actorOf(c, undefined), pipeline: pipelineNamed(pipeline) };
    return c.json(await remove(await gateway.bus(), uid, options), 200);
  });
}
