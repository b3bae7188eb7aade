import { createRoute, z } from "@hono/zod-openapi";
import { setCookie } from "hono/cookie";
import type { App, Gateway } from "../context.ts";
import { json, problems } from "../http/openapi.ts";
import { HttpProblem } from "../http/problem.ts";
import { roleOf, SESSION_COOKIE } from "../http/security.ts";

const login = createRoute({
  method: "post",
  path: "/api/session",
  tags: ["system"],
  summary: "Keep the token in a cookie, for the web page",
  request: {
    body: {
      required: true,
      content: { "application/json": { schema: z.object({ token: z.string().max(500) }) } },
    },
  },
  responses: { 200: json(z.object({ role: z.enum(["operator", "viewer"]) }), "kept"), ...problems },
});

/** Lets the web page keep the token where its scripts cannot read it. */
export function session(app: App, gateway: Gateway): void {
  app.openapi(login, (c) => {
    const { token } = c.req.valid("json");
    const role = roleOf(gateway.access, token);
    if (role === null) throw new HttpProblem(401, "UNAUTHORIZED", "that is not the gateway's token");
    setCookie(c, SESSION_COOKIE, token, {
      httpOnly: true,
      sameSite: "Strict",
      path: "/",
      secure: new URL(c.req.url).protocol === "https:",
    });
    return c.json({ role }, 200);
  });
}
