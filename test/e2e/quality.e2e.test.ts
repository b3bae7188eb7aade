import { expect, test } from "vitest";
import { runProgram } from "./stack/program.ts";

test("the shipped models and stages read the fixed sheets no worse than the floors say", async () => {
  const { code, stdout, stderr } = await runProgram("dist/cli/main.js", { args: ["eval", "--json"] });
  expect(stdout, stderr).toMatch(/^\{/);
  const { sets, below } = JSON.parse(stdout) as {
    sets: Record<string, { sheets: { name: string; error?: string; mistakes?: unknown[] }[] }>;
    below: string[];
  };
  expect(Object.keys(sets)).toEqual(["clean", "noise"]);
  for (const sheet of Object.values(sets).flatMap(({ sheets }) => sheets))
    expect(sheet.error).toBeUndefined();
  expect(
    below,
    "run `penstock eval` for the table; `penstock eval --set-floors` when the change is meant",
  ).toEqual([]);
  expect(code).toBe(0);
});
