import { createRoute, z } from "@hono/zod-openapi";
import { deleteCookie, setCookie } from "hono/cookie";
import { type Identity, Role } from "../auth/role.ts";
import { SESSION_COOKIE, SESSION_MS } from "../auth/session-cookie.ts";
import type { App, Gateway } from "../context.ts";
import { json, problems } from "../http/openapi.ts";
import { HttpProblem } from "../http/problem.ts";
import { addressOf, challenge, identityOf, unlessTooMany } from "../http/security.ts";

const Session = z.object({
  name: z.string(),
  role: Role,
  /** Nobody may change anything, whatever the role. */
  readOnly: z.boolean(),
  /** False when nobody has to say who they are. */
  authRequired: z.boolean(),
  /** Name of the environment. */
  badge: z.string(),
  version: z.string(),
});

const Login = z
  .object({
    token: z.string().min(1).max(500).optional(),
    name: z.string().min(1).max(64).optional(),
    secret: z.string().min(1).max(500).optional(),
  })
  .refine(
    ({ token, name, secret }) => (token === undefined) === (name !== undefined && secret !== undefined),
    {
      message: "send a token, or name and secret",
    },
  );

const show = createRoute({
  method: "get",
  path: "/api/session",
  tags: ["system"],
  summary: "Who I am and what I may do",
  responses: { 200: json(Session, "signed in, or nobody has to be"), ...problems },
});

const login = createRoute({
  method: "post",
  path: "/api/session",
  tags: ["system"],
  summary: "Sign in: keeps a session in a cookie, for the web page",
  request: { body: { required: true, content: { "application/json": { schema: Login } } } },
  responses: { 200: json(Session, "signed in"), ...problems },
});

const logout = createRoute({
  method: "delete",
  path: "/api/session",
  tags: ["system"],
  summary: "Sign out: the cookie goes",
  responses: { 204: { description: "signed out" } },
});

/** Signing in and out. The cookie is out of reach of the page's scripts and holds no secret. */
export function session(app: App, gateway: Gateway): void {
  const { auth } = gateway.access;
  const answer = ({ name, role }: Identity): z.infer<typeof Session> => ({
    name,
    role,
    readOnly: gateway.access.readOnly,
    authRequired: !auth.open,
    badge: gateway.badge,
    version: gateway.version,
  });

  app.openapi(show, async (c) => {
    const identity = await identityOf(c, gateway.access);
    if (identity) return c.json(answer(identity), 200);
    challenge(c);
    throw new HttpProblem(401, "UNAUTHORIZED", "nobody is signed in");
  });

  app.openapi(login, async (c) => {
    const { token, name, secret } = c.req.valid("json");
    const identity = await unlessTooMany(c, () => auth.login(token ?? `${name}:${secret}`, addressOf(c)));
    if (identity === null)
      throw new HttpProblem(
        401,
        "UNAUTHORIZED",
        token === undefined ? "name or secret is wrong" : "that is not the gateway's token",
      );
    if (!auth.open)
      setCookie(c, SESSION_COOKIE, auth.session(identity), {
        httpOnly: true,
        sameSite: "Strict",
        path: "/",
        maxAge: SESSION_MS / 1000,
        secure: new URL(c.req.url).protocol === "https:",
      });
    return c.json(answer(identity), 200);
  });

  app.openapi(logout, (c) => {
    deleteCookie(c, SESSION_COOKIE, { path: "/" });
    return c.body(null, 204);
  });
}
