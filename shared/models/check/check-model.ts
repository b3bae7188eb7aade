import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Failure, Refusal } from "#shared/errors";
import type { ModelName } from "#shared/messages";
import type { CheckRequest } from "./child.ts";
import type { KnownOfModel, TriedModel } from "./try-model.ts";

/** Opening and running one input once takes seconds; a file that makes it take longer is not used. */
const LIMIT_MS = 120_000;

export interface CheckOptions extends KnownOfModel {
  /** @default 120000 */
  limitMs?: number;
}

/** Files that were tried by this process and found good, by name, digest and class names: the answer would be the same. */
const good = new Map<string, TriedModel>();

/**
 * Tries a model file in a process of its own: its weights, its shapes, its names, and one run.
 * @throws Refusal `MODEL_INVALID` naming what was found and what is expected
 */
export async function checkModel(
  name: ModelName,
  path: string,
  options: CheckOptions = {},
): Promise<TriedModel> {
  const digest = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  const keyOf = ({ names, card }: KnownOfModel) => `${name} ${digest} ${JSON.stringify([names, card])}`;
  const tried = good.get(keyOf(options)) ?? (await tryApart(name, path, options));
  good.set(keyOf(options), tried);
  // Asked again with the card it turned out to have, as a promotion does.
  good.set(keyOf({ card: tried.card }), tried);
  return tried;
}

async function tryApart(name: ModelName, path: string, options: CheckOptions): Promise<TriedModel> {
  const typescript = import.meta.url.endsWith(".ts");
  const module = fileURLToPath(new URL(typescript ? "./child.ts" : "./child.js", import.meta.url));
  const execArgv = process.execArgv.filter((arg) => !arg.startsWith("--inspect"));
  const loader = typescript && !execArgv.some((arg) => arg.includes("tsx")) ? ["--import", "tsx"] : [];
  const child = fork(module, [], {
    execArgv: [...execArgv, ...loader],
    // Nothing of ours is in reach of what runs there, passwords least of all.
    env: {},
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const limit = options.limitMs ?? LIMIT_MS;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, limit);
  try {
    const { limitMs: _, ...known } = options;
    const request: CheckRequest = { name, path, known };
    const answer = await new Promise<{ tried?: TriedModel; failure?: Failure } | string>((resolve) => {
      child.once("message", (message) => resolve(message as { tried?: TriedModel }));
      child.once("error", (error) => resolve(error.message));
      child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
      child.send(request, () => {});
    });
    if (typeof answer === "string")
      throw refusal(
        name,
        late
          ? `it was not opened and run once within ${limit / 1000} s`
          : `the process that opened it died (${answer})`,
      );
    if (answer.tried) return answer.tried;
    throw refusal(name, answer.failure?.message.replace(`${path}: `, "") ?? "it cannot be opened");
  } finally {
    clearTimeout(timer);
    child.kill("SIGKILL");
  }
}

const refusal = (name: ModelName, why: string) =>
  new Refusal("invalid", "MODEL_INVALID", `the file is no usable ${name}: ${why.slice(0, 600)}`);
