// Makes a checkout runnable: dependencies, built code, nats-server. Runs before node_modules exists, so it is plain
// JavaScript with no imports but Node's own. Does nothing, quickly, when nothing is to do.
import { build } from "./setup/build.mjs";
import { installDependencies } from "./setup/install-dependencies.mjs";
import { root, run } from "./setup/run.mjs";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Penstock needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(78);
}
try {
  await installDependencies(root);
  await build(root);
  // An external NATS needs no server of ours; the tests always start their own.
  if (!process.env.NATS_URL || process.env.npm_lifecycle_event === "pretest")
    await run(process.execPath, ["dist/scripts/fetch-nats-server.js"]);
} catch (error) {
  console.error(`setup: ${error.message}`);
  process.exit(error.exitCode ?? 1);
}
