import { spawnSync } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/nats";
// @ts-expect-error plain JavaScript
import { countTier, failuresOf } from "./test-summary.mjs";

/** Runs a folder of test files and gives what vitest reports. */
async function run(files: Record<string, string>) {
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
  return { report: text === undefined ? undefined : JSON.parse(text), status, root: folder.path };
}

async function count(files: Record<string, string>) {
  const { report, status } = await run(files);
  return countTier(report, status);
}

test("counts passed, failed and skipped tests, and a file that does not load as one failure", async () => {
  const counted = await count({
    "good.test.js": "test('a', () => {}); test('b', () => {}); test.skip('c', () => {});",
    "bad.test.js": "test('d', () => expect(1).toBe(2));",
    "broken.test.js": "import './nowhere.js'; test('e', () => {});",
  });
  expect(counted).toEqual({ passed: 2, failed: 2, skipped: 1 });
}, 180_000);

test("a tier without a test, or one that left no report, has failed", async () => {
  expect(await count({})).toMatchObject({ passed: 0, failed: 1 });
  expect(countTier(undefined, 137)).toEqual({ passed: 0, failed: 1, skipped: 0 });
}, 180_000);

test("an error outside any test fails the tier", async () => {
  const counted = await count({
    "late.test.js": "test('a', () => { setTimeout(() => { throw new Error('late') }); });",
  });
  expect(counted).toMatchObject({ failed: 1 });
}, 180_000);

test("says at the end which tests have failed and why, and which file does not load", async () => {
  const { report, root } = await run({
    "bad.test.js":
      "import { describe } from 'vitest'; describe('a sum', () => test('is right', () => expect(1 + 1).toBe(3)));",
    "broken.test.js": "import './nowhere.js'; test('e', () => {});",
    "good.test.js": "test('a', () => {});",
  });
  expect(failuresOf(report, root).sort()).toEqual([
    expect.stringMatching(/^t\/bad\.test\.js > a sum is right: AssertionError: expected 2 to be 3/),
    expect.stringMatching(/^t\/broken\.test\.js: .*nowhere\.js/),
  ]);
  expect(failuresOf(undefined, root)).toEqual([]);
}, 180_000);
