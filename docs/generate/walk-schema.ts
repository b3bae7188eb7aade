import type { z } from "zod";
import { variableName } from "#shared/config";

/** One setting, as people who set it want to see it. */
export interface Setting {
  /** Name in the schema. */
  field: string;
  /** Environment variable. */
  variable: string;
  type: string;
  /** As it would be written in the environment; empty when there is none. */
  default: string;
  /** True when a process works without it. */
  optional: boolean;
  range: string;
  /** Numbers of `range` that are allowed themselves. */
  bounds: { minimum?: number; maximum?: number };
  description: string;
}

/** The parts of a zod schema the walk looks at; zod's own JSON Schema export loses defaults of unions and coercions. */
interface Def {
  type: string;
  innerType?: z.ZodType;
  defaultValue?: unknown;
  options?: z.ZodType[];
  element?: z.ZodType;
  entries?: Record<string, string>;
  checks?: { _zod: { def: Check } }[];
}
interface Check {
  check: string;
  format?: string;
  value?: number;
  inclusive?: boolean;
  minimum?: number;
  maximum?: number;
}

const defOf = (type: z.ZodType): Def => type._zod.def as unknown as Def;

/** Every field of a settings schema with the variable it is read from. */
export function walkSchema(schema: z.ZodObject, prefix = ""): Setting[] {
  return Object.entries(schema.shape).map(([field, type]) => ({
    field,
    ...describe(variableName(field, prefix), type),
  }));
}

function describe(variable: string, type: z.ZodType): Omit<Setting, "field"> {
  let inner = type;
  let fallback: unknown;
  let optional = false;
  let { description = "" } = type;
  for (let def = defOf(inner); def.innerType; def = defOf(inner)) {
    if (def.type === "default") fallback ??= def.defaultValue;
    if (def.type === "optional" || def.type === "nullable") optional = true;
    inner = def.innerType;
    description ||= inner.description ?? "";
  }
  return {
    variable,
    type: typeName(inner),
    default: written(fallback),
    optional: optional || fallback !== undefined,
    range: rangeOf(inner),
    bounds: boundsOf(inner),
    description,
  };
}

function typeName(type: z.ZodType): string {
  const def = defOf(type);
  // `stringbool().or(boolean())`: read from text, or set as it is.
  if (def.type === "union" && def.options?.some((option) => defOf(option).type === "boolean"))
    return "boolean";
  if (def.type === "number") return isInteger(def) ? "integer" : "number";
  if (def.type === "enum") return Object.values(def.entries ?? {}).join(", ");
  if (def.type === "array") return "list, comma-separated";
  if (def.type === "string" || def.type === "boolean") return def.type;
  throw new Error(`settings of type ${def.type} cannot be read from the environment`);
}

const checksOf = (def: Def): Check[] => (def.checks ?? []).map((check) => check._zod.def);
const isInteger = (def: Def) => checksOf(def).some((check) => check.format === "safeint");

function rangeOf(type: z.ZodType): string {
  const def = defOf(type);
  const checks = checksOf(def);
  const low = checks.find((check) => check.check === "greater_than");
  const high = checks.find((check) => check.check === "less_than");
  const shortest = checks.find((check) => check.check === "min_length")?.minimum ?? 0;
  const longest = checks.find((check) => check.check === "max_length")?.maximum;
  const parts: string[] = [];
  if (low?.inclusive && high?.inclusive) parts.push(`${number(low.value)} to ${number(high.value)}`);
  else {
    if (low) parts.push(`${low.inclusive ? "at least" : "more than"} ${number(low.value)}`);
    if (high) parts.push(`${high.inclusive ? "at most" : "less than"} ${number(high.value)}`);
  }
  if (shortest > 1) parts.push(`at least ${shortest} characters`);
  if (longest !== undefined) parts.push(`at most ${longest} characters`);
  return parts.join(", ");
}

function boundsOf(type: z.ZodType): Setting["bounds"] {
  const checks = checksOf(defOf(type)).filter((check) => check.inclusive);
  const minimum = checks.find((check) => check.check === "greater_than")?.value;
  const maximum = checks.find((check) => check.check === "less_than")?.value;
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
}

const number = (value = 0): string => value.toLocaleString("en-US");

/** As {@link readEnv} would read it back. */
function written(value: unknown): string {
  if (value === undefined) return "";
  return Array.isArray(value) ? value.join(",") : String(value);
}
