import { z } from "zod";
import { FatalError } from "#shared/errors";

/** `slicePx` → `SLICE_PX`. */
export function variableName(field: string, prefix = ""): string {
  const name = field.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase();
  return (prefix ? `${prefix.replace(/[^A-Za-z0-9]/g, "_").toUpperCase()}_` : "") + name;
}

/**
 * Reads settings from the environment: field `slicePx` with prefix `detect` is `DETECT_SLICE_PX`. Strings are turned into
 * the numbers and booleans the schema asks for; overrides (run-time settings) win over the environment.
 * @throws FatalError `BAD_CONFIG` naming every variable that is wrong
 */
export function readEnv<S extends z.ZodObject>(
  schema: S,
  prefix = "",
  overrides: Record<string, unknown> = {},
  env: Record<string, string | undefined> = process.env,
): z.output<S> {
  const raw: Record<string, unknown> = {};
  for (const [field, type] of Object.entries(schema.shape)) {
    const text = env[variableName(field, prefix)];
    if (overrides[field] !== undefined) raw[field] = overrides[field];
    else if (text !== undefined && text !== "") raw[field] = fromText(text, type as z.ZodType);
  }
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const [field, ...rest] = issue.path;
    return `${variableName(String(field), prefix)}${rest.length ? `.${rest.join(".")}` : ""}: ${issue.message}`;
  });
  throw new FatalError("BAD_CONFIG", `configuration is wrong:\n  ${problems.join("\n  ")}`);
}

/** The innermost type below defaults and optionals. */
function innermost(type: z.ZodType): z.ZodType {
  let inner: z.ZodType = type;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodOptional || inner instanceof z.ZodNullable)
    inner = inner.unwrap() as z.ZodType;
  return inner;
}

function fromText(text: string, type: z.ZodType): unknown {
  const inner = innermost(type);
  if (inner instanceof z.ZodNumber) return text.trim() === "" ? text : Number(text);
  if (inner instanceof z.ZodBoolean) return z.stringbool().safeParse(text).data ?? text;
  if (inner instanceof z.ZodArray) return text.split(",").map((item) => item.trim());
  return text;
}
