import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { run } from "./run.mjs";

/** The web pages' sources, in the checkout. */
export const WEB = "services/gateway/web";
/** Where the gateway looks for the built pages, beside its own code. */
const SITE = "services/gateway/site";

/**
 * Builds the web pages into a build's folder, and says how large they are.
 * @param {string} root
 * @param {string} target
 */
export async function buildWeb(root, target) {
  const sources = join(root, WEB);
  if (!existsSync(sources)) return;
  const out = join(target, SITE);
  await run(
    process.execPath,
    [
      ...[join(root, "node_modules/vite/bin/vite.js"), "build", sources, "--outDir", out],
      ...["--logLevel", "warn"],
    ],
    root,
  );
  let bytes = 0;
  let packed = 0;
  const files = (await readdir(out, { recursive: true, withFileTypes: true })).filter((each) =>
    each.isFile(),
  );
  for (const file of files) {
    const content = await readFile(join(file.parentPath, file.name));
    bytes += content.length;
    packed += gzipSync(content).length;
  }
  const kB = (/** @type {number} */ size) => `${Math.round(size / 1000)} kB`;
  console.log(`setup: web pages: ${files.length} files, ${kB(bytes)}, ${kB(packed)} packed`);
}
