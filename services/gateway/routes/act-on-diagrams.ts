import { createRoute, z } from "@hono/zod-openapi";
import { Gate, Uid } from "#shared/messages";
import { approve, CORRECTION_MAX_BYTES, remove, retry, revoke } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { Actor, actorOf, body, json, problems, QueryInt, UidParam } from "../http/openapi.ts";
import { readLimited } from "../http/read-limited.ts";

const Approved = z.object({ uid: Uid, gate: Gate, corrected: z.boolean(), seq: z.number().int() });
/** What a retry answers. */
export const RunRetried = z.object({
  uid: Uid,
  stage: z.string(),
  generation: z.number().int(),
  seq: z.number().int(),
});
/** What a revoke answers. */
export const RunRevoked = z.object({ uid: Uid, seq: z.number().int() });
/** What a removal answers. */
export const Removed = z.object({ uid: Uid, artifacts: z.number().int() });
/** What a retry may be told. */
export const RetryBody = Actor.extend({ from: z.string().max(60).optional() });

const retryRoute = createRoute({
  method: "post",
  path: "/api/diagrams/{uid}/retry",
  tags: ["diagrams"],
  summary: "Run a diagram again, from the stage that failed or from a given one",
  request: { params: UidParam, ...body(RetryBody) },
  responses: { 202: json(RunRetried, "sent again"), ...problems },
});

const revokeRoute = createRoute({
  method: "post",
  path: "/api/diagrams/{uid}/revoke",
  tags: ["diagrams"],
  summary: "End a diagram",
  request: { params: UidParam, ...body(Actor) },
  responses: { 202: json(RunRevoked, "ended"), ...problems },
});

const removeRoute = createRoute({
  method: "delete",
  path: "/api/diagrams/{uid}",
  tags: ["diagrams"],
  summary: "Delete a diagram that is over or waits, with its artifacts and messages",
  request: { params: UidParam },
  responses: { 200: json(Removed, "deleted"), ...problems },
});

/** Approving, retrying, revoking and deleting diagrams. */
export function actOnDiagrams(app: App, gateway: Gateway): void {
  const who = z.object({
    by: Actor.shape.by,
    seq: QueryInt(1, Number.MAX_SAFE_INTEGER)
      .optional()
      .describe("`seq` of the diagram that was looked at; refused when it has run again since"),
  });
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/api/diagrams/{uid}/approve/{gate}",
    tags: ["diagrams"],
    summary: "Let a diagram that waits at a gate go on",
    description:
      "With an empty body what was found is accepted. With a body it is replaced: COCO JSON for `annotation`, an 8-bit PNG of the sheet's size for `masks`, a graph for `graph`.",
    request: {
      params: UidParam.extend({ gate: Gate }),
      query: who,
      body: {
        required: false,
        content: {
          "application/json": { schema: z.object({}).loose() },
          "image/png": { schema: z.string().openapi({ format: "binary" }) },
        },
      },
    },
    responses: {
      202: json(Approved, "it goes on"),
      413: { description: "over the size limit" },
      ...problems,
    },
  });

  app.post("/api/diagrams/:uid/approve/:gate", async (c) => {
    const { uid, gate } = UidParam.extend({ gate: Gate }).parse(c.req.param());
    const query = who.parse(c.req.query());
    const artifact = await readLimited(c.req.raw, CORRECTION_MAX_BYTES, "CORRECTION_TOO_LARGE");
    const bus = await gateway.bus();
    const done = await approve(bus, gate, uid, {
      ...actorOf(c, query),
      ...(query.seq === undefined ? {} : { seq: query.seq }),
      ...(artifact.byteLength > 0 ? { artifact } : {}),
    });
    return c.json(done, 202);
  });

  app.openapi(retryRoute, async (c) => {
    const json = c.req.valid("json");
    const options = { ...actorOf(c, json), ...(json?.from === undefined ? {} : { from: json.from }) };
    return c.json(await retry(await gateway.bus(), c.req.valid("param").uid, options), 202);
  });

  app.openapi(revokeRoute, async (c) => {
    const actor = actorOf(c, c.req.valid("json"));
    return c.json(await revoke(await gateway.bus(), c.req.valid("param").uid, actor), 202);
  });

  app.openapi(removeRoute, async (c) => {
    return c.json(await remove(await gateway.bus(), c.req.valid("param").uid, actorOf(c, undefined)), 200);
  });
}
