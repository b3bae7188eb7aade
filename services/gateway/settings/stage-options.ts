import { readFileSync } from "node:fs";
import { z } from "zod";
import { Refusal } from "#shared/operate";

/** A setting a stage declares, which may be overridden while it runs. */
export const StageOption = z.object({
  name: z.string(),
  description: z.string(),
  /** `integer`, `number`, `boolean`, `string`, a list, or the values there are. */
  type: z.string(),
  /** As it would be written in the environment; empty when there is none. */
  default: z.string(),
  /** For people. */
  range: z.string(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
export type StageOption = z.infer<typeof StageOption>;

let known: Record<string, StageOption[]> | undefined;

/** The options of a stage, from a file `npm run docs` makes of the stages' own schemas. */
export function optionsOf(stage: string): StageOption[] {
  known ??= z
    .record(z.string(), z.array(StageOption))
    .parse(JSON.parse(readFileSync(new URL("stage-options.json", import.meta.url), "utf8")));
  return known[stage] ?? [];
}

/**
 * Checks overrides before every task of the stage would trip over them; null takes one away.
 * @throws Refusal `BAD_SETTINGS`
 */
export function checkOptions(stage: string, options: Record<string, unknown> | undefined): void {
  for (const [name, value] of Object.entries(options ?? {})) {
    if (value === null) continue;
    const option = optionsOf(stage).find((each) => each.name === name);
    if (!option)
      throw bad(`stage ${stage} has no option "${name.slice(0, 60)}"; it has ${namesOf(stage) || "none"}`);
    const wanted = faultOf(option, value);
    if (wanted) throw bad(`option ${name} of stage ${stage} must be ${wanted}`);
  }
}

const bad = (sentence: string) => new Refusal("invalid", "BAD_SETTINGS", sentence);

const namesOf = (stage: string) =>
  optionsOf(stage)
    .map(({ name }) => name)
    .join(", ");

/** What a value should be and is not. */
function faultOf({ type, range, minimum, maximum }: StageOption, value: unknown): string | undefined {
  if (type === "boolean") return typeof value === "boolean" ? undefined : "true or false";
  if (type === "string") return typeof value === "string" ? undefined : "a text";
  if (type.startsWith("list"))
    return Array.isArray(value) && value.every((item) => typeof item === "string")
      ? undefined
      : "a list of texts";
  if (type === "integer" || type === "number") {
    const sound = type === "integer" ? Number.isInteger(value) : Number.isFinite(value);
    const number = value as number;
    const within =
      number >= (minimum ?? Number.NEGATIVE_INFINITY) && number <= (maximum ?? Number.POSITIVE_INFINITY);
    return sound && within
      ? undefined
      : `${type === "integer" ? "a whole number" : "a number"}${range ? `, ${range}` : ""}`;
  }
  return type.split(", ").includes(String(value)) ? undefined : `one of ${type}`;
}
