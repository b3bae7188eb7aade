import { spawnSync } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/nats";
// @ts-expect-error plain JavaScript
import { countTier } from "./test-summary.mjs";

/** Counts a folder of test files as vitest itself reports it. */
async function count(files: Record<string, string>) {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, "t"));
  await symlink(resolve("node_modules"), join(folder.path, "node_modules"));
  await writeFile(join(folder.path, "vitest.config.mjs"), "export default {};\n");
  for (const [name, text] of Object.entries(files))
    await writeFile(join(folder.path, "t", name), `import { expect, test } from "vitest";\n${text}`);
  const report = join(folder.path, "report.json");
  const vitest = resolve("node_modules/vitest/vitest.mjs");
  const { status } = spawnSync(
    process.execPath,
    [vitest, "run", "--reporter=json", `--outputFile=${report}`],
    {
      cwd: folder.path,
    },
  );
  const text = await readFile(report, "utf8").catch(() => undefined);
  return countTier(text === undefined ? undefined : JSON.parse(text), status);
}

test("counts passed, failed and skipped tests, and a file that does not load as one failure", async () => {
  const counted = await count({
    "good.test.js": "test('a', () => {}); test('b', () => {}); test.skip('c', () => {});",
    "bad.test.js": "test('d', () => expect(1).toBe(2));",
    "broken.test.js": "import './nowhere.js'; test('e', () => {});",
  });
  expect(counted).toEqual({ passed: 2, failed: 2, skipped: 1 });
}, 30_000);

test("a tier without a test, or one that left no report, has failed", async () => {
  expect(await count({})).toMatchObject({ passed: 0, failed: 1 });
  expect(countTier(undefined, 137)).toEqual({ passed: 0, failed: 1, skipped: 0 });
}, 30_000);

test("an error outside any test fails the tier", async () => {
  const counted = await count({
    "late.test.js": "test('a', () => { setTimeout(() => { throw new Error('late') }); });",
  });
  expect(counted).toMatchObject({ failed: 1 });
}, 30_000);
