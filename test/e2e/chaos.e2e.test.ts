import { expect, it } from "vitest";
import { runChaos } from "./chaos/run-chaos.ts";

it("loses nothing and repeats nothing, whatever is killed", async () => {
  const diagrams = 300;
  const report = await runChaos({ diagrams, workers: 3, killsOfEach: 3 });
  console.log(JSON.stringify(report, null, 2));
  expect(report.submitted).toBeGreaterThanOrEqual(diagrams);
  expect(report.accepted).toBe(report.submitted);
  expect(report.under_way).toEqual([]);
  expect(report.completed + report.waiting + report.error).toBe(report.submitted);
  expect(report.repeated).toEqual([]);
  // 6 unreadable ones and 6 that fail every time are kept as dead letters; permanent failures are not.
  expect(report.deadLetters).toBeGreaterThanOrEqual(12);
  for (const step of ["received", "handled", "published", "acked"])
    expect(report.diedAt[step], step).toBeGreaterThanOrEqual(1);
  for (const kind of ["worker", "tracker", "gateway", "nats"])
    expect(report.kills[kind]).toBeGreaterThanOrEqual(3);
});
