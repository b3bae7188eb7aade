/**
 * `npm run bench` runs every bench, `npm run bench -- <name> [options]` one of them; each is a program of its own, so that
 * none inherits another's memory. What they measure: README.md.
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { sourceFolder } from "./support/source-folder.ts";

/** In the order in which they run. */
const BENCHES = [
  "chains",
  "join",
  "chaos",
  "submit",
  "overhead",
  "scale",
  "memory",
  "skeleton",
  "vision",
  "history",
  "scrape",
];
/** These take words only: files of masks, a number of tasks. */
const WITHOUT_OPTIONS = new Set(["skeleton", "history"]);

/** These run from source: what they kill are workers of the tests. */
const FROM_SOURCE = new Set(["chaos"]);

const given = process.argv.slice(2);
const asked = given[0]?.startsWith("-") ? undefined : given[0];
const names = BENCHES.filter((name) => asked === undefined || name === asked);
const optionsOf = (name: string) => {
  if (asked !== undefined) return given.slice(1);
  return WITHOUT_OPTIONS.has(name) ? [] : given;
};
if (names.length === 0 || given.includes("--help")) {
  console.error(
    `npm run bench [-- NAME [options]]\nNAME is one of ${BENCHES.join(", ")}; all of them without one`,
  );
  process.exit(given.includes("--help") ? 0 : 64);
}

const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
let stopped = false;
let code = 0;
for (const name of names) {
  if (stopped) break;
  if (names.length > 1) console.log(`\n## ${name}`);
  const built = new URL(`./${name}/main${extension}`, import.meta.url);
  const isSource = FROM_SOURCE.has(name);
  const path = fileURLToPath(isSource ? new URL("main.ts", sourceFolder(built.href)) : built);
  const more = [...(name === "history" ? ["--expose-gc"] : []), ...(isSource ? ["--import", "tsx"] : [])];
  const execArgv = [...process.execArgv, ...more];
  const child = fork(path, optionsOf(name), { execArgv });
  // The bench cleans up, and we wait for it.
  const stop = (signal: NodeJS.Signals) => {
    stopped = true;
    child.kill(signal);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  const ended = await new Promise<number>((resolve) =>
    child.once("exit", (status) => resolve(status ?? 130)),
  );
  process.off("SIGINT", stop).off("SIGTERM", stop);
  code ||= ended;
}
process.exit(stopped ? 130 : code);
