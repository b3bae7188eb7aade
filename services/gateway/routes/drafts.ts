import { createRoute, z } from "@hono/zod-openapi";
import { Gate } from "#shared/messages";
import { CORRECTION_MAX_BYTES, checkUid, dropDraft, readDraft, saveDraft } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { Actor, actorOf, json, problems, QueryInt, UidParam } from "../http/openapi.ts";
import { readLimited } from "../http/read-limited.ts";

const Saved = z.object({
  by: z.string(),
  at: z.number().int(),
  size: z.number().int(),
  seq: z.number().int(),
  generation: z.number().int(),
  revision: z.number().int(),
});

const DraftParam = UidParam.extend({ gate: Gate });
const DraftQuery = z.object({
  seq: QueryInt(1, Number.MAX_SAFE_INTEGER).describe("`seq` of the diagram when the editor was opened"),
  revision: QueryInt(0, Number.MAX_SAFE_INTEGER)
    .optional()
    .describe("of the draft the editor knows, 0 for none; left out, whatever is there is replaced"),
  by: Actor.shape.by,
});

const drop = createRoute({
  method: "delete",
  path: "/api/diagrams/{uid}/draft/{gate}",
  tags: ["diagrams"],
  summary: "Throw a draft away",
  request: { params: DraftParam },
  responses: { 200: json(z.object({ dropped: z.boolean() }), "gone"), ...problems },
});

/** Corrections in the making, kept for another day or another browser; approving takes them away. */
export function drafts(app: App, gateway: Gateway): void {
  const path = "/api/diagrams/{uid}/draft/{gate}";
  app.openAPIRegistry.registerPath({
    method: "get",
    path,
    tags: ["diagrams"],
    summary: "The draft of a correction at a gate",
    description:
      "Bytes as they were saved. Headers `Draft-By`, `Draft-At`, `Draft-Seq`, `Draft-Generation` and `Draft-Revision` tell by whom, when, and of which waiting message.",
    request: { params: DraftParam },
    responses: {
      200: {
        description: "the draft",
        content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
      },
      204: { description: "there is none" },
      ...problems,
    },
  });
  app.openAPIRegistry.registerPath({
    method: "put",
    path,
    tags: ["diagrams"],
    summary: "Keep a correction in the making",
    description:
      "Any bytes up to 64 MB. Refused when the diagram waits no more, waits anew, or somebody else saved meanwhile.",
    request: {
      params: DraftParam,
      query: DraftQuery,
      body: {
        required: true,
        content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
      },
    },
    responses: { 200: json(Saved, "kept"), 413: { description: "over the size limit" }, ...problems },
  });

  app.get("/api/diagrams/:uid/draft/:gate", async (c) => {
    const { uid, gate } = DraftParam.parse(c.req.param());
    const draft = await readDraft(await gateway.bus(), gate, checkUid(uid));
    c.header("Cache-Control", "no-store");
    if (!draft) return c.body(null, 204);
    c.header("Draft-By", encodeURIComponent(draft.by));
    c.header("Draft-At", String(draft.at));
    c.header("Draft-Seq", String(draft.seq));
    c.header("Draft-Generation", String(draft.generation));
    c.header("Draft-Revision", String(draft.revision));
    c.header("Content-Type", "application/octet-stream");
    c.header("Content-Length", String(draft.size));
    return c.body(draft.data, 200);
  });

  app.put("/api/diagrams/:uid/draft/:gate", async (c) => {
    const { uid, gate } = DraftParam.parse(c.req.param());
    const { seq, revision, by } = DraftQuery.parse(c.req.query());
    const bytes = await readLimited(c.req.raw, CORRECTION_MAX_BYTES, "DRAFT_TOO_LARGE");
    const options = { seq, by: actorOf(c, { by }).by, ...(revision === undefined ? {} : { revision }) };
    return c.json(await saveDraft(await gateway.bus(), gate, uid, bytes, options), 200);
  });

  app.openapi(drop, async (c) => {
    const { uid, gate } = c.req.valid("param");
    return c.json({ dropped: await dropDraft(await gateway.bus(), gate, uid) }, 200);
  });
}
