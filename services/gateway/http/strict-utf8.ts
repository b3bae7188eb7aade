import type { MiddlewareHandler } from "hono";
import { HttpProblem } from "./problem.ts";

/** Refuses JSON that is not UTF-8: read leniently, its broken characters would be stored as question marks. */
export const strictUtf8: MiddlewareHandler = async (c, next) => {
  const type = c.req.header("content-type") ?? "";
  if (
    /^application\/json\b/i.test(type) &&
    !/\/(approve|draft)\//.test(c.req.path) &&
    c.req.path !== "/api/diagrams"
  ) {
    const bytes = await c.req.arrayBuffer();
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      throw new HttpProblem(
        400,
        "NOT_UTF8",
        `the ${bytes.byteLength} bytes of the body are not JSON in UTF-8`,
      );
    }
  }
  return next();
};
