// Adds to package-lock.json the optional packages of other platforms that npm left out: it does so when the registry it
// asks does not carry them, or when node_modules was there already (npm/cli#4828), and `npm ci` then refuses the file.
// Run it after adding a dependency. Only exact versions can be added; their integrity is unknown here and left out.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { missingOptional } from "./setup/missing-optional.mjs";
import { root } from "./setup/run.mjs";

const path = join(root, "package-lock.json");
const lock = JSON.parse(await readFile(path, "utf8"));
const missing = missingOptional(lock.packages);
for (const { name, entry } of missing) {
  lock.packages[`node_modules/${name}`] = entry;
  console.log(`package-lock.json: added ${name} ${entry.version}`);
}
const [rootEntry, ...rest] = Object.entries(lock.packages);
rest.sort(([a], [b]) => a.localeCompare(b, "en"));
lock.packages = Object.fromEntries([rootEntry, ...rest]);
if (missing.length > 0) await writeFile(path, `${JSON.stringify(lock, null, 2)}\n`);
