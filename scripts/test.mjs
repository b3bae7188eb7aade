// `npm test`: every tier, one after another, and one last line with the sum. All tiers run even when one fails.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./setup/run.mjs";
import { countTier, failuresOf } from "./test-summary.mjs";

const TIERS = ["unit", "int", "e2e"];
const folder = await mkdtemp(join(tmpdir(), "penstock-results-"));
const failures = [];
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
  const tierSum = countTier(result, code);
  for (const key of ["passed", "failed", "skipped"]) sum[key] += tierSum[key];
  failures.push(...failuresOf(result, root));
  if (tierSum.failed > 0) console.error(`test: tier ${tier} has failed (vitest ended with code ${code})`);
}
await rm(folder, { recursive: true, force: true });
for (const failure of failures) console.log(`failed: ${failure}`);
if (sum.skipped > 0) console.log(`${sum.skipped} skipped`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 ? 1 : 0;
