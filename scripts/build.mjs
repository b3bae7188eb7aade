// `npm run build`: compiles to dist/, when sources changed; `--force` compiles anyway.
import { build } from "./setup/build.mjs";
import { root } from "./setup/run.mjs";

try {
  await build(root, { force: process.argv.includes("--force") });
} catch (error) {
  console.error(`build: ${error.message}`);
  process.exit(1);
}
