import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { buildWeb, WEB } from "./build-web.mjs";
import { run, step } from "./run.mjs";

/** Folders that hold what runs in production. */
const SOURCES = ["shared", "services", "cli", "deploy", "bench", "scripts"];
/** Files beside the sources that decide what is built. */
const SETTINGS = ["package.json", "tsconfig.json", "tsconfig.build.json"];
/** Folders of test data, in any depth. */
const TEST_DATA = new Set(["fixtures", "goldens", "golden", "__snapshots__"]);
/** Left by the build in dist/: a digest of everything it was made from. */
const STAMP = ".built-from";

/**
 * Compiles to a fresh folder and swaps it for dist/, when a source changed: nothing of a deleted source stays, and a
 * failed build leaves the old dist/ as it was.
 * @param {string} root
 * @param {{ force?: boolean }} [options]
 */
export async function build(root, { force = false } = {}) {
  const files = await sourceFiles(root);
  const digest = await digestOf(root, [...files, ...SETTINGS]);
  const dist = join(root, "dist");
  const stamp = await readFile(join(dist, STAMP), "utf8").catch(() => "");
  if (!force && stamp === digest) return;
  await step("building", async () => {
    // As deep as dist/ itself, so that source maps point at the sources.
    const fresh = join(root, `dist-${process.pid}`);
    const old = join(root, `dist-${process.pid}-old`);
    try {
      await run(
        process.execPath,
        [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json", "--outDir", fresh],
        root,
      );
      await buildWeb(root, fresh);
      await copyAssets(root, files, fresh);
      await writeFile(join(fresh, "package.json"), await packageFile(root));
      await writeFile(join(fresh, STAMP), digest);
      if (existsSync(dist)) await rename(dist, old);
      await rename(fresh, dist);
    } finally {
      await rm(fresh, { recursive: true, force: true });
      await rm(old, { recursive: true, force: true });
    }
  });
}

/**
 * Every file under the source folders that is no test and no text for people, sorted.
 * @param {string} root
 */
async function sourceFiles(root) {
  const files = [];
  const visit = async (/** @type {string} */ folder) => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!TEST_DATA.has(entry.name) && entry.name !== "node_modules") await visit(path);
      } else if (!/\.(md|py|pyc|mjs)$|\.test\.ts$/.test(entry.name)) files.push(path);
    }
  };
  for (const folder of SOURCES) await visit(folder);
  return files.sort();
}

/**
 * @param {string} root
 * @param {string[]} files
 */
async function digestOf(root, files) {
  const hash = createHash("sha256").update(`node ${process.versions.node.split(".")[0]}\n`);
  for (const file of files) hash.update(`${file}\n`).update(await readFile(join(root, file)));
  return hash.digest("hex");
}

/**
 * Copies what services read at run time and neither tsc nor the web pages' build makes: templates, tables.
 * @param {string} root
 * @param {string[]} files
 * @param {string} target
 */
async function copyAssets(root, files, target) {
  for (const file of files.filter((name) => !name.endsWith(".ts") && !name.startsWith(`${WEB}/`))) {
    await mkdir(dirname(join(target, file)), { recursive: true });
    await copyFile(join(root, file), join(target, file));
  }
}

/**
 * A package.json for dist/: the imports map as the condition `built` has it, so that `node dist/services/detect` runs
 * with no flag.
 * @param {string} root
 */
async function packageFile(root) {
  const { type, version, imports } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const built = Object.entries(imports)
    .filter(([, target]) => target.built)
    .map(([name, target]) => [name, target.built.replace("./dist/", "./")]);
  return `${JSON.stringify({ private: true, type, version, imports: Object.fromEntries(built) }, null, 2)}\n`;
}
