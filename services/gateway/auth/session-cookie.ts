import { createHmac, timingSafeEqual } from "node:crypto";
import { type Identity, Role } from "./role.ts";

/** Cookie in which the web page keeps its session; set by POST /api/session, out of reach of scripts. */
export const SESSION_COOKIE = "penstock_session";

/** How long a session lasts, ms. */
export const SESSION_MS = 12 * 3_600_000;

/**
 * A session as a signed text, `<name>.<role>.<expires>.<signature>`: every gateway with the same secrets takes it, none
 * has to remember it, and a changed secret or user ends all of them.
 */
export function signSession(key: Buffer, { name, role }: Identity, now = Date.now()): string {
  const payload = [Buffer.from(name).toString("base64url"), role, now + SESSION_MS].join(".");
  return `${payload}.${signature(key, payload)}`;
}

/** Whose session a cookie is; null for one that is over, or that we did not make. */
export function readSession(key: Buffer, cookie: string, now = Date.now()): Identity | null {
  const end = cookie.lastIndexOf(".");
  const payload = cookie.slice(0, Math.max(0, end));
  const given = Buffer.from(cookie.slice(end + 1));
  const right = Buffer.from(signature(key, payload));
  if (given.byteLength !== right.byteLength || !timingSafeEqual(given, right)) return null;
  const [name = "", role, expires] = payload.split(".");
  const known = Role.safeParse(role);
  if (!known.success || !(Number(expires) > now)) return null;
  return { name: Buffer.from(name, "base64url").toString(), role: known.data };
}

const signature = (key: Buffer, payload: string) =>
  createHmac("sha256", key).update(payload).digest("base64url");
