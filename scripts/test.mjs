// `npm test`: every tier, one after another, and one last line with the sum. All tiers run even when one fails.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./setup/run.mjs";

const TIERS = ["unit", "int", "e2e"];
const folder = await mkdtemp(join(tmpdir(), "penstock-results-"));
const sum = { passed: 0, failed: 0, skipped: 0 };

for (const tier of TIERS) {
  const report = join(folder, `${tier}.json`);
  const code = await new Promise((resolve) => {
    const args = [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--project",
      tier,
      "--reporter=default",
      "--reporter=json",
    ];
    const child = spawn(process.execPath, [...args, `--outputFile.json=${report}`], {
      cwd: root,
      stdio: "inherit",
    });
    child.on("error", () => resolve(1));
    child.on("exit", (status) => resolve(status ?? 1));
  });
  const result = await readFile(report, "utf8").then(JSON.parse, () => undefined);
  const failedBefore = sum.failed;
  sum.passed += result?.numPassedTests ?? 0;
  sum.failed += result?.numFailedTests ?? 0;
  sum.skipped += (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0);
  // A file that does not load has no failed test in it, and an error outside any test belongs to none.
  for (const file of result?.testResults ?? [])
    if (file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"))
      sum.failed++;
  if (code !== 0 && sum.failed === failedBefore) {
    console.error(`test: tier ${tier} ended with code ${code}`);
    sum.failed++;
  }
}
await rm(folder, { recursive: true, force: true });
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ""}`);
process.exitCode = sum.failed > 0 ? 1 : 0;
