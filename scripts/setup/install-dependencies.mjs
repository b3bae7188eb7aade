import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { run, step } from "./run.mjs";

/**
 * Installs what package-lock.json says, when node_modules is missing or differs from it. Scripts of packages are not
 * run: none of ours needs one, and onnxruntime-node's would download CUDA files.
 * @param {string} root
 */
export async function installDependencies(root) {
  if (await isInstalled(root)) return;
  await step("installing dependencies", () =>
    run("npm", ["ci", "--ignore-scripts", "--loglevel=error", "--no-audit", "--no-fund"]),
  );
}

/**
 * Compares package-lock.json with the copy npm leaves in node_modules at the end of an install. A package may be absent
 * only when it is optional (made for another platform).
 * @param {string} root
 */
export async function isInstalled(root) {
  const wanted = await packagesOf(join(root, "package-lock.json"));
  const present = await packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (!wanted) throw new Error("package-lock.json is missing or no JSON");
  if (!present) return false;
  for (const path of Object.keys(present)) if (!wanted[path]) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const have = present[path];
    return have
      ? have.version === entry.version && have.integrity === entry.integrity
      : entry.optional === true;
  });
}

/** @param {string} path */
async function packagesOf(path) {
  try {
    return JSON.parse(await readFile(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}
