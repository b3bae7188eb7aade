import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { VERBS } from "../verbs.ts";
import { commandTree } from "./command-tree.ts";
import { completionScript, SHELLS } from "./scripts.ts";

const tree = await commandTree();
const script = completionScript("bash", tree);
/** A shell complains of a locale that is not installed. */
const env = { ...process.env, LC_ALL: "C" };

/** What bash would offer for a line, the last word being the one under the cursor. */
function offered(...words: string[]): string[] {
  const line = ["penstock", ...words].map((word) => `'${word}'`).join(" ");
  const ask = `${script}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _penstock; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", ask], { encoding: "utf8", env });
  expect(stderr).toBe("");
  return stdout.split("\n").filter(Boolean);
}

it("offers every verb first", () => {
  expect(offered("")).toEqual(expect.arrayContaining([...Object.keys(VERBS), "--help"]));
  expect(offered("sub")).toEqual(["submit"]);
});

it("offers sub-verbs, options, and the stages and queues an argument may name", () => {
  expect(offered("dead", "")).toEqual(expect.arrayContaining(["list", "show", "redrive", "drop"]));
  expect(offered("pause", "seg")).toEqual(["segment"]);
  expect(offered("pause", "gp")).toEqual(["gpu"]);
  expect(offered("control", "grow", "--w")).toEqual(["--worker"]);
  expect(offered("inspect", "act")).toEqual(["active"]);
});

it("goes on past options and values of arguments", () => {
  expect(offered("control", "grow", "segment", "--b")).toEqual(["--by"]);
  expect(offered("submit", "--watch", "package.js")).toEqual(["package.json"]);
});

it("offers files only where a file may come", () => {
  expect(offered("pause", "package.js")).toEqual([]);
});

for (const shell of SHELLS)
  it(`names every verb and sub-verb for ${shell}, in a script the shell can read`, () => {
    const text = completionScript(shell, tree);
    for (const { path } of tree) expect(text).toContain(path);
    const check = spawnSync(shell, ["-n"], { input: text, encoding: "utf8", env });
    // A shell that is not installed cannot check its script.
    if (check.error === undefined) expect(check.stderr).toBe("");
  });
