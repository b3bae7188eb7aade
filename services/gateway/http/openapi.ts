import { z } from "@hono/zod-openapi";
import { Uid } from "#shared/messages";
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
  404: problem("it does not exist"),
  409: problem("not possible in this state"),
  503: problem("NATS or the tracker cannot be reached"),
};

/** Path parameter of one diagram. */
export const UidParam = z.object({ uid: Uid });

/** Who acts and why, for the audit trail. */
export const Actor = z.object({
  by: z.string().trim().min(1).max(200).optional(),
  reason: z.string().max(1000).optional(),
});
export type Actor = z.infer<typeof Actor>;

/** An actor with a name; a request without a body is the web page's. */
export function actorOf(json: Actor | undefined): { by: string; reason?: string } {
  return { by: json?.by ?? "web", ...(json?.reason === undefined ? {} : { reason: json.reason }) };
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
