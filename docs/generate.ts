// Writes everything that is made from declarations: documents, and the generated files of a deployment. `--check` only
// compares, and fails when one is stale.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { GENERATED } from "../deploy/generated.ts";
import { PAGES } from "./generate/pages.ts";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const check = process.argv.includes("--check");
for (const [path, make] of Object.entries({ ...GENERATED, ...PAGES })) {
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
