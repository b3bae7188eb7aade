import { relative } from "node:path";

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

/**
 * What has failed in one tier, for the end of the output, which is all that some CI shows: a line per test with the first line of why.
 * @param {undefined | { testResults: { name: string, status: string, message?: string,
 *   assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }[] }} report nothing when vitest left none
 * @param {string} root folder the files are named from
 * @returns {string[]}
 */
export function failuresOf(report, root) {
  const firstLine = (/** @type {string | undefined} */ text) => (text ?? "").trim().split("\n")[0];
  return (report?.testResults ?? [])
    .filter(({ status }) => status === "failed")
    .flatMap(({ name, message, assertionResults }) => {
      const file = relative(root, name);
      const failed = assertionResults.filter(({ status }) => status === "failed");
      if (failed.length === 0) return [`${file}: ${firstLine(message)}`];
      return failed.map((test) => `${file} > ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
    });
}
