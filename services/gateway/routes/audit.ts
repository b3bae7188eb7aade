import { createRoute, z } from "@hono/zod-openapi";
import { AuditPage } from "#shared/history";
import type { App, Gateway } from "../context.ts";
import { json, problems, QueryInt } from "../http/openapi.ts";

const list = createRoute({
  method: "get",
  path: "/api/audit",
  tags: ["system"],
  summary: "Who did what, when and why, newest first",
  request: {
    query: z.object({
      action: z.string().max(100).optional().describe("`retry`, or a beginning: `models.*`"),
      by: z.string().max(200).optional(),
      target: z.string().max(200).optional().describe("part of what it was done to: a uid, a stage, a queue"),
      cursor: z.string().max(300).optional(),
      limit: QueryInt(1, 500).optional(),
    }),
  },
  responses: { 200: json(AuditPage, "one page"), ...problems },
});

/** The audit trail. */
export function auditTrail(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) =>
    c.json(await (await gateway.history()).listAudit(c.req.valid("query")), 200),
  );
}
