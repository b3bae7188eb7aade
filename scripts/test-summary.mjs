/**
 * Counts one tier from vitest's JSON report and its exit code. Whatever made the tier fail counts as at least one
 * failure: a file that does not load has no failed test in it, and an error outside any test belongs to none.
 * @param {undefined | { numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} report nothing when vitest left none
 * @param {number} code exit code
 */
export function countTier(report, code) {
  const passed = report?.numPassedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  const unloaded = (report?.testResults ?? []).filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const failed = (report?.numFailedTests ?? 0) + unloaded.length;
  return { passed, skipped, failed: failed === 0 && code !== 0 ? 1 : failed };
}
