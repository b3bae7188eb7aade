import type { z } from "zod";
import { PoisonError } from "#shared/errors";

/**
 * A value checked against a schema; unknown fields are dropped.
 * @throws PoisonError `INVALID_MESSAGE`, naming every field that is wrong
 */
export function validate<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues
    .slice(0, 8)
    .map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`)
    .join("; ");
  throw new PoisonError("INVALID_MESSAGE", `${what} is not valid: ${problems}`.slice(0, 2000));
}
