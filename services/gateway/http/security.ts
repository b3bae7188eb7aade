import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { HttpProblem } from "./problem.ts";

/** Who may call. */
export interface Access {
  /** Allows everything; without one the gateway answers on loopback only. */
  token?: string;
  /** Allows looking only. */
  viewerToken?: string;
  /** Nobody may change anything. */
  readOnly: boolean;
  /** Host names answered to when there is no token, against pages that point their own name at us. */
  hosts: string[];
}

/** Cookie in which the web page keeps the token; set by POST /api/session. */
export const SESSION_COOKIE = "penstock_session";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
const OPEN = new Set(["/healthz", "/readyz", "/api/session"]);

/** Compares without telling by its time how much was right. */
export function sameToken(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

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

/** What a token allows; nothing without the right one. */
export function roleOf(access: Access, given: string | undefined): "operator" | "viewer" | null {
  if (access.token === undefined) return "operator";
  if (given === undefined) return null;
  if (sameToken(given, access.token)) return "operator";
  if (access.viewerToken !== undefined && sameToken(given, access.viewerToken)) return "viewer";
  return null;
}

/** Refuses callers without the right token, other pages' scripts, and changes where only looking is allowed. */
export function guard(access: Access): MiddlewareHandler {
  return async (c, next) => {
    const host = (c.req.header("host") ?? new URL(c.req.url).host).toLowerCase();
    if (access.token === undefined && !access.hosts.includes(host.replace(/:\d+$/, "")))
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
    const bearer = c.req.header("authorization")?.match(/^Bearer +(\S+)$/i)?.[1];
    const role = roleOf(access, bearer ?? getCookie(c, SESSION_COOKIE));
    if (role === null)
      throw new HttpProblem(401, "UNAUTHORIZED", "send the gateway's token as Authorization: Bearer <token>");
    if (changes && (role === "viewer" || access.readOnly))
      throw new HttpProblem(
        403,
        "READ_ONLY",
        role === "viewer" ? "this token may only look" : "this gateway is read-only",
      );
    return next();
  };
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host.toLowerCase();
  } catch {
    return undefined;
  }
}
