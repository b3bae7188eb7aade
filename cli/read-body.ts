import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { Refusal } from "#shared/operate";

/** What `--body` takes, for its help. */
export const BODY_HELP = "JSON, @FILE, or @- for standard input";

/**
 * The message a person gives with `--body`: JSON itself, `@FILE`, or `@-` for standard input.
 * @throws Refusal `FILE_NOT_FOUND`, `NOT_JSON`
 */
export async function readBody(given: string): Promise<Record<string, unknown>> {
  const json = given.startsWith("@") ? await contentOf(given.slice(1)) : given;
  const value = parse(json);
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new Refusal("invalid", "NOT_JSON", "--body is no JSON object: a message is one, such as {}");
}

async function contentOf(path: string): Promise<string> {
  if (path === "-") return text(process.stdin);
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new Refusal("missing", "FILE_NOT_FOUND", `${path} cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new Refusal("invalid", "NOT_JSON", `--body is not JSON: ${(cause as Error).message}`, { cause });
  }
}
