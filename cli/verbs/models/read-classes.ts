import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { Refusal } from "#shared/errors";

const Names = z.union([z.array(z.string()), z.record(z.string(), z.string())]);
/** A list of names, or a YOLO data file; `map` gives names of one's own our names. */
const ClassesFile = z.union([
  z.array(z.string()),
  z.object({ names: Names, map: z.record(z.string(), z.string()).optional() }),
]);

/**
 * Reads class names from a `classes.yaml`: a list, or `names:` with a list or a map of numbers, as in a YOLO data file.
 * `map:` may give some of them other names (`Ventil-Typ 7: gate_valve`); the rest stay as they are.
 * @returns the names by index
 * @throws Refusal `BAD_CLASSES` saying what is wrong
 */
export async function readClasses(path: string): Promise<string[]> {
  const refuse = (why: string, cause?: unknown) =>
    new Refusal("invalid", "BAD_CLASSES", `${path}: ${why}`, { cause });
  const text = await readFile(path, "utf8").catch((cause) => {
    throw refuse("there is no such file", cause);
  });
  let content: unknown;
  try {
    content = parse(text);
  } catch (cause) {
    throw refuse(`it is no YAML: ${(cause as Error).message.split("\n")[0]}`, cause);
  }
  const file = ClassesFile.safeParse(content);
  if (!file.success) throw refuse("it holds neither a list of names nor names: with a list or a map");
  const { names, map = {} } = Array.isArray(file.data) ? { names: file.data } : file.data;
  const list = Array.isArray(names) ? names : byIndex(names);
  if (!list || list.length === 0) throw refuse("the numbers of its names must run from 0 without a gap");
  const stranger = Object.keys(map).find((name) => !list.includes(name));
  if (stranger !== undefined) throw refuse(`map: names "${stranger}", which is none of its names`);
  return list.map((name) => map[name] ?? name);
}

/** The names in order, or null when their numbers are not 0, 1, 2, …. */
function byIndex(names: Record<string, string>): string[] | null {
  const list = Object.keys(names).map((_, index) => names[index]);
  return list.every((name) => name !== undefined) ? (list as string[]) : null;
}
