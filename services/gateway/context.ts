import type { Hook, OpenAPIHono } from "@hono/zod-openapi";
import type { Bus } from "#shared/bus";
import type { HistoryClient } from "#shared/history";
import type { Logger } from "#shared/telemetry";
import type { Identity } from "./auth/role.ts";
import { problemResponse } from "./http/problem.ts";
import type { Access } from "./http/security.ts";
import type { Looker } from "./looking/looker.ts";

/** What every route may use. */
export interface Gateway {
  /** The connection to NATS. @throws RetryableError `NATS_UNREACHABLE` */
  bus(): Promise<Bus>;
  /** True while connected. */
  up(): boolean;
  /** The tracker's client. @throws RetryableError `NATS_UNREACHABLE` */
  history(): Promise<HistoryClient>;
  access: Access;
  uploadMaxBytes: number;
  /** Where deep-zoom tiles are kept, and how many bytes of them. */
  tiles: { folder?: string; maxBytes: number };
  /** Asks learned models about sheets. */
  looker: Looker;
  badge: string;
  version: string;
  log: Logger;
}

/** Variables of one request. */
export interface Env {
  Variables: {
    requestId: string;
    /** Who sent it; set for every path that is not open to all. */
    identity: Identity;
  };
}

export type App = OpenAPIHono<Env>;

/** Turns what a schema refuses into a problem document with a code of ours. */
// biome-ignore lint/suspicious/noExplicitAny: the hook sees every route's own types
export const refuseInvalid: Hook<any, Env, any, any> = (result, c) => {
  if (result.success) return undefined;
  const uid =
    result.target === "param" &&
    result.error.issues.some((issue: { path: PropertyKey[] }) => issue.path[0] === "uid");
  const detail = result.error.issues
    .slice(0, 6)
    .map(
      (issue: { path: PropertyKey[]; message: string }) =>
        `${issue.path.join(".") || result.target}: ${issue.message}`,
    )
    .join("; ");
  return problemResponse(c, { status: 400, code: uid ? "BAD_UID" : "BAD_REQUEST", detail });
};
