import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/nats";
// @ts-expect-error plain JavaScript: it runs before the type checker is installed
import { build } from "./build.mjs";
// @ts-expect-error plain JavaScript
import { isInstalled } from "./install-dependencies.mjs";
// @ts-expect-error plain JavaScript
import { missingOptional } from "./missing-optional.mjs";

const here = process.cwd();

async function put(root: string, files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

/** A checkout with our own settings, and sources small enough to compile in a test. */
async function checkout(root: string) {
  for (const name of ["package.json", "tsconfig.json", "tsconfig.build.json"])
    await copyFile(join(here, name), join(root, name));
  await symlink(join(here, "node_modules"), join(root, "node_modules"));
  await put(root, {
    "shared/words/index.ts": 'export { greeting } from "./greeting.ts";\n',
    "shared/words/greeting.ts": "export const greeting: string = 'hello';\n",
    "shared/words/greeting.test.ts": "export {};\n",
    "shared/words/fixtures/large.bin": "x",
    "services/speak/page.html": "<p>page</p>",
    "services/speak/index.ts": `import { readFileSync } from "node:fs";
import { greeting } from "#shared/words";
console.log(greeting, readFileSync(new URL("./page.html", import.meta.url), "utf8"));
`,
  });
}

const speak = (root: string, ...flags: string[]) =>
  execFileSync(process.execPath, [...flags, "dist/services/speak"], { cwd: root, encoding: "utf8" }).trim();

test("a build runs with plain node, brings its assets, leaves tests out, and is not repeated for nothing", async () => {
  await using folder = await temporaryFolder();
  const root = folder.path;
  await checkout(root);
  await build(root);
  expect(speak(root)).toBe("hello <p>page</p>");
  expect(speak(root, "--conditions=built")).toBe("hello <p>page</p>");
  expect(existsSync(join(root, "dist/shared/words/greeting.test.js"))).toBe(false);
  expect(existsSync(join(root, "dist/shared/words/fixtures"))).toBe(false);
  const map = JSON.parse(await readFile(join(root, "dist/shared/words/greeting.js.map"), "utf8"));
  expect(join(root, "dist/shared/words", map.sources[0])).toBe(join(root, "shared/words/greeting.ts"));

  const first = (await stat(join(root, "dist"))).ino;
  await build(root);
  expect((await stat(join(root, "dist"))).ino).toBe(first);

  await rm(join(root, "services/speak/page.html"));
  await put(root, { "services/speak/index.ts": "console.log('changed');\n" });
  await build(root);
  expect(speak(root)).toBe("changed");
  expect(existsSync(join(root, "dist/services/speak/page.html"))).toBe(false);

  await put(root, { "services/speak/index.ts": "const n: number = 'no number';\nconsole.log(n);\n" });
  await expect(build(root)).rejects.toThrow(/ended with code/);
  expect(speak(root)).toBe("changed");
  expect((await readdir(root)).filter((name) => name.startsWith("dist"))).toEqual(["dist"]);
}, 300_000);

test("dependencies count as installed only when they are what package-lock.json says", async () => {
  await using folder = await temporaryFolder();
  const root = folder.path;
  const a = { version: "1.0.0", integrity: "sha512-a" };
  const lock = (packages: object) => JSON.stringify({ packages });
  const wanted = { "": {}, "node_modules/a": a, "node_modules/b": { version: "2.0.0", optional: true } };
  await put(root, { "package-lock.json": lock(wanted) });
  expect(await isInstalled(root)).toBe(false);
  const present = (packages: object) => put(root, { "node_modules/.package-lock.json": lock(packages) });
  await present({ "node_modules/a": a });
  expect(await isInstalled(root)).toBe(true);
  await present({ "node_modules/a": { ...a, version: "0.9.0" } });
  expect(await isInstalled(root)).toBe(false);
  await present({ "node_modules/a": a, "node_modules/gone": a });
  expect(await isInstalled(root)).toBe(false);
  await present({ "node_modules/b": { version: "2.0.0" } });
  expect(await isInstalled(root)).toBe(false);
});

test("package-lock.json has an entry for every optional package (else npm ci refuses it: node scripts/complete-lock.mjs)", async () => {
  const lock = JSON.parse(await readFile("package-lock.json", "utf8"));
  expect(missingOptional(lock.packages).map(({ name }: { name: string }) => name)).toEqual([]);
});

test("what a lock file lacks is found as node finds packages, and added with its platform", () => {
  const optionalDependencies = { "@x/native-linux-x64-musl": "1.2.3", "@x/native-darwin-arm64": "1.2.3" };
  const packages = {
    "": {},
    "node_modules/native": { optionalDependencies, dev: true },
    "node_modules/native/node_modules/@x/native-darwin-arm64": {},
  };
  expect(missingOptional(packages)).toEqual([
    {
      name: "@x/native-linux-x64-musl",
      entry: { version: "1.2.3", cpu: ["x64"], dev: true, libc: ["musl"], optional: true, os: ["linux"] },
    },
  ]);
});
