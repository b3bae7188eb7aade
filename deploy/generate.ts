// Writes the generated files of a deployment; `--check` only compares, and fails when one is stale.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GENERATED } from "./generated.ts";

const root = process.cwd();
const check = process.argv.includes("--check");
for (const [path, make] of Object.entries(GENERATED)) {
  const current = await readFile(join(root, path), "utf8").catch(() => "");
  const fresh = await make(current, root);
  if (fresh === current) continue;
  if (check) {
    console.error(`${path} is stale: run \`npm run docs\``);
    process.exitCode = 1;
  } else {
    await writeFile(join(root, path), fresh);
    console.log(`${path}: written`);
  }
}
