import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { Uid } from "#shared/messages";
import { ANYBODY, type Role } from "../auth/role.ts";
import type { Env } from "../context.ts";
import { Problem } from "./problem.ts";

/** A JSON answer of a route. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: Problem } },
});

/** The problems any route may answer with. */
export const problems = {
  400: problem("the request is wrong"),
  401: problem("nobody is signed in"),
  403: problem("the role does not allow it"),
  404: problem("it does not exist"),
  409: problem("not possible in this state"),
  503: problem("NATS or the tracker cannot be reached"),
};

/** Path parameter of one diagram. */
export const UidParam = z.object({ uid: Uid });

/** Who acts and why, for the audit trail. */
export const Actor = z.object({
  /** Believed only where nobody has to say who they are. */
  by: z.string().trim().min(1).max(200).optional(),
  reason: z.string().max(1000).optional(),
});
export type Actor = z.infer<typeof Actor>;

/** Who acts, as every function of `#shared/operate` that changes something wants it. */
export interface Acting {
  by: string;
  role: Role;
  reason?: string;
}

/**
 * Who sent a request and why. The name is that of the token, user or session; what the body claims counts only on a
 * gateway without any.
 */
export function actorOf(c: Context<Env>, json: Actor | undefined): Acting {
  const identity = c.get("identity");
  const by = identity === ANYBODY ? (json?.by ?? "web") : identity.name;
  return { by, role: identity.role, ...(json?.reason === undefined ? {} : { reason: json.reason }) };
}

/** An optional JSON body. */
export const body = <S extends z.ZodType>(schema: S) => ({
  body: { required: false, content: { "application/json": { schema } } },
});

/** A number in a query string. */
export const QueryInt = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(min).max(max));

/** One value or several (`?state=a&state=b` or `?state=a,b`). */
export const QueryList = z
  .union([z.string(), z.array(z.string())])
  .transform((value) =>
    (Array.isArray(value) ? value : [value]).flatMap((item) => item.split(",")).filter(Boolean),
  );
