import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { type Authenticator, TooManyTries } from "../auth/authenticator.ts";
import { roleNeeded } from "../auth/permissions.ts";
import { atLeast, type Identity } from "../auth/role.ts";
import { SESSION_COOKIE } from "../auth/session-cookie.ts";
import { HttpProblem } from "./problem.ts";

/** Who may call. */
export interface Access {
  auth: Authenticator;
  /** Nobody may change anything. */
  readOnly: boolean;
  /** Host names answered to when nobody has to say who they are, against pages that point their own name at us. */
  hosts: string[];
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
/** Answered without credentials; `/api/session` looks for itself. */
const OPEN = new Set(["/healthz", "/readyz", "/healthcheck", "/api/session"]);

/** Headers every answer carries: no script but ours, nothing embedded, no guessing of types. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  const set = (name: string, value: string) => {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  };
  set(
    "Content-Security-Policy",
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  set("X-Content-Type-Options", "nosniff");
  set("Referrer-Policy", "no-referrer");
  set("X-Frame-Options", "DENY");
  set("Cross-Origin-Resource-Policy", "same-origin");
};

/** Address a request came from; requests made in this process come from "local". */
export function addressOf(c: Context): string {
  return (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? "local";
}

/** Runs a check of credentials and says in HTTP that it came too soon. */
export async function unlessTooMany<T>(c: Context, check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof TooManyTries)) throw error;
    c.header("Retry-After", String(Math.ceil(error.waitMs / 1000)));
    throw new HttpProblem(429, "TOO_MANY_TRIES", error.message);
  }
}

/** Who sent a request, by its headers. */
export function identityOf(c: Context, access: Access): Promise<Identity | null> {
  const authorization = c.req.header("authorization");
  const cookie = getCookie(c, SESSION_COOKIE);
  return unlessTooMany(c, () =>
    access.auth.identify({
      ...(authorization === undefined ? {} : { authorization }),
      ...(cookie === undefined ? {} : { cookie }),
      from: addressOf(c),
    }),
  );
}

/** Says which credentials are taken. Browsers open a window of their own for Basic, so their pages are not told of it. */
export function challenge(c: Context): void {
  const fromPage = c.req.header("sec-fetch-mode") !== undefined;
  c.header("WWW-Authenticate", `Bearer realm="penstock"${fromPage ? "" : ', Basic realm="penstock"'}`);
}

/** Refuses callers without the right credentials, other pages' scripts, and changes their role does not allow. */
export function guard(access: Access): MiddlewareHandler<{ Variables: { identity: Identity } }> {
  return async (c, next) => {
    const host = (c.req.header("host") ?? new URL(c.req.url).host).toLowerCase();
    if (access.auth.open && !access.hosts.includes(host.replace(/:\d+$/, "")))
      throw new HttpProblem(
        421,
        "WRONG_HOST",
        `this gateway has no token and answers to ${access.hosts.join(", ")} only`,
      );
    const changes = !SAFE.has(c.req.method);
    const origin = c.req.header("origin");
    if (changes && origin !== undefined && hostOf(origin) !== host)
      throw new HttpProblem(
        403,
        "CROSS_ORIGIN",
        `pages of ${origin.slice(0, 100)} may not change anything here`,
      );
    const isPage = !c.req.path.startsWith("/api/");
    if (OPEN.has(c.req.path) || (isPage && !changes)) return next();
    const identity = await identityOf(c, access);
    if (identity === null) {
      challenge(c);
      throw new HttpProblem(
        401,
        "UNAUTHORIZED",
        "say who you are: Authorization: Bearer <token>, or Basic with name and secret",
      );
    }
    c.set("identity", identity);
    if (changes) refuseChange(c.req.method, c.req.path, identity, access.readOnly);
    return next();
  };
}

function refuseChange(method: string, path: string, { name, role }: Identity, readOnly: boolean): void {
  if (readOnly) throw new HttpProblem(403, "READ_ONLY", "this gateway is read-only");
  const needed = roleNeeded(method, path);
  if (atLeast(role, needed)) return;
  if (role === "viewer") throw new HttpProblem(403, "READ_ONLY", `${name} may only look`);
  throw new HttpProblem(403, "ROLE_TOO_LOW", `this takes the role ${needed}; ${name} has ${role}`);
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host.toLowerCase();
  } catch {
    return undefined;
  }
}
