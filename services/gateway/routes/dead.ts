import { createRoute, z } from "@hono/zod-openapi";
import { dropAllDead, dropDead, listDead, redrive, redriveAll, showDead } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { Actor, actorOf, body, json, problems, QueryInt } from "../http/openapi.ts";

const DeadLetter = z.object({
  seq: z.number().int(),
  pipeline: z.string(),
  stage: z.string(),
  run: z.string(),
  code: z.string(),
  reason: z.string(),
  message: z.string(),
  stack: z.string().optional(),
  subject: z.string(),
  stream: z.string(),
  sequence: z.number().int(),
  deliveries: z.number().int(),
  worker: z.string().optional(),
  generation: z.number().int(),
  at: z.number(),
});

const DeadLetterDetail = DeadLetter.extend({
  headers: z.record(z.string(), z.string()),
  /** Decoded, when it decodes. */
  body: z.unknown().optional(),
  /** The first 64 kB as they are. */
  base64: z.string(),
  size: z.number().int(),
});
/** A dead letter with its headers and body. */
export type DeadLetterDetail = z.infer<typeof DeadLetterDetail>;

const Filter = z.object({
  pipeline: z.string().max(60).optional(),
  stage: z.string().max(60).optional(),
  run: z.string().max(100).optional(),
  code: z.string().max(100).optional(),
  reason: z.string().max(100).optional(),
});

const SeqParam = z.object({ seq: QueryInt(1, 999_999_999) });
const Redriven = z.object({
  letter: z.number().int(),
  subject: z.string(),
  seq: z.number().int(),
  generation: z.number().int(),
});
const Refused = z.object({ letter: z.number().int(), code: z.string(), message: z.string() });

const list = createRoute({
  method: "get",
  path: "/api/dead",
  tags: ["dead letters"],
  summary: "Dead letters, oldest first",
  request: {
    query: Filter.extend({ after: QueryInt(0, 999_999_999).optional(), limit: QueryInt(1, 1000).optional() }),
  },
  responses: {
    200: json(
      z.object({ letters: z.array(DeadLetter), next: z.number().nullable() }),
      "one page; next is the `after` of the next",
    ),
    ...problems,
  },
});

const show = createRoute({
  method: "get",
  path: "/api/dead/{seq}",
  tags: ["dead letters"],
  summary: "One dead letter with its headers and body",
  request: { params: SeqParam },
  responses: {
    200: json(DeadLetterDetail, "the letter"),
    ...problems,
  },
});

const redriveRoute = createRoute({
  method: "post",
  path: "/api/dead/{seq}/redrive",
  tags: ["dead letters"],
  summary: "Send a dead letter again, as it is or edited",
  request: {
    params: SeqParam,
    ...body(Actor.extend({ body: z.record(z.string(), z.unknown()).optional() })),
  },
  responses: { 202: json(Redriven, "sent again"), ...problems },
});

const redriveAllRoute = createRoute({
  method: "post",
  path: "/api/dead/redrive",
  tags: ["dead letters"],
  summary: "Send all dead letters that match again",
  request: body(Actor.extend({ filter: Filter.optional() })),
  responses: {
    202: json(z.object({ redriven: z.array(Redriven), refused: z.array(Refused) }), "done"),
    ...problems,
  },
});

const WithReason = Actor.extend({ reason: z.string().min(1).max(1000) });

const dropRoute = createRoute({
  method: "post",
  path: "/api/dead/{seq}/drop",
  tags: ["dead letters"],
  summary: "Throw a dead letter away, with a reason",
  request: {
    params: SeqParam,
    body: { required: true, content: { "application/json": { schema: WithReason } } },
  },
  responses: { 200: json(z.object({ dropped: z.number().int() }), "gone"), ...problems },
});

const dropAllRoute = createRoute({
  method: "post",
  path: "/api/dead/drop",
  tags: ["dead letters"],
  summary: "Throw all dead letters that match away, with a reason",
  request: {
    body: {
      required: true,
      content: { "application/json": { schema: WithReason.extend({ filter: Filter }) } },
    },
  },
  responses: { 200: json(z.object({ dropped: z.number().int() }), "how many"), ...problems },
});

const SHOWN_BYTES = 64 * 1024;

/** Dead letters: look, send again, drop. */
export function deadLetters(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) => {
    const { after, limit = 100, ...filter } = c.req.valid("query");
    const letters = await listDead(await gateway.bus(), filter, {
      limit,
      ...(after === undefined ? {} : { after }),
    });
    return c.json({ letters, next: letters.length === limit ? (letters.at(-1)?.seq ?? null) : null }, 200);
  });
  app.openapi(show, async (c) => {
    const { bytes, ...letter } = await showDead(await gateway.bus(), c.req.valid("param").seq);
    const base64 = Buffer.from(bytes.subarray(0, SHOWN_BYTES)).toString("base64");
    return c.json({ ...letter, base64, size: bytes.byteLength }, 200);
  });
  app.openapi(redriveRoute, async (c) => {
    const json = c.req.valid("json");
    const options = { ...actorOf(c, json), ...(json?.body === undefined ? {} : { body: json.body }) };
    return c.json(await redrive(await gateway.bus(), c.req.valid("param").seq, options), 202);
  });
  app.openapi(redriveAllRoute, async (c) => {
    const json = c.req.valid("json");
    return c.json(await redriveAll(await gateway.bus(), json?.filter ?? {}, actorOf(c, json)), 202);
  });
  app.openapi(dropRoute, async (c) => {
    const { seq } = c.req.valid("param");
    const json = c.req.valid("json");
    await dropDead(await gateway.bus(), seq, { ...actorOf(c, json), reason: json.reason });
    return c.json({ dropped: 1 }, 200);
  });
  app.openapi(dropAllRoute, async (c) => {
    const json = c.req.valid("json");
    const actor = { ...actorOf(c, json), reason: json.reason };
    return c.json({ dropped: await dropAllDead(await gateway.bus(), json.filter, actor) }, 200);
  });
}
