import type { Context } from "hono";
import { HttpProblem } from "../http/problem.ts";

/** Arguments of a request as Flower reads them: of the query, or of a form in the body. */
export async function readArguments(c: Context): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (
    /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(c.req.header("content-type") ?? "")
  )
    for (const [name, value] of Object.entries(await c.req.parseBody()))
      if (typeof value === "string") found.set(name, value);
  for (const [name, value] of Object.entries(c.req.query())) found.set(name, value);
  return found;
}

/** A number among them. @throws HttpProblem `BAD_REQUEST` */
export function numberIn(
  found: Map<string, string>,
  name: string,
  range: { min: number; max: number },
): number | undefined {
  const text = found.get(name);
  if (text === undefined || text === "") return undefined;
  const value = Number(text);
  if (text.trim() !== "" && value >= range.min && value <= range.max) return value;
  throw new HttpProblem(
    400,
    "BAD_REQUEST",
    `${name}: "${text.slice(0, 40)}" is no number from ${range.min} to ${range.max}`,
  );
}

/** An argument Flower insists on. @throws HttpProblem `BAD_REQUEST` */
export function needed(found: Map<string, string>, name: string): string {
  const value = found.get(name);
  if (value !== undefined && value !== "") return value;
  throw new HttpProblem(400, "BAD_REQUEST", `Missing argument ${name}`);
}

/** As Tornado reads a flag: anything but nothing is true; `false` and `0` are taken for what they say. */
export const flagIn = (found: Map<string, string>, name: string): boolean =>
  !["", "0", "false", "no"].includes((found.get(name) ?? "").toLowerCase());
