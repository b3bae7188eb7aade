#!/usr/bin/env node
// Starts the built command line; a fresh checkout has none yet.
import { existsSync } from "node:fs";

const main = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  console.error("Penstock is not built yet: run `npm run setup` first.");
  process.exitCode = 78;
}
