import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Exit } from "./exit.ts";
import { packageFolder } from "./package-folder.ts";
import { VERBS } from "./verbs.ts";

const page = readFileSync(new URL("docs/cli.md", packageFolder()), "utf8");

test("docs/cli.md names every verb and every exit code", () => {
  const verbs = Object.keys(VERBS).filter((verb) => !new RegExp(`\`${verb}[ \`]`).test(page));
  expect(verbs).toEqual([]);
  const codes = Object.values(Exit).filter((code) => !page.includes(`| ${code} |`));
  expect(codes).toEqual([]);
});

test("every verb loads, says what it does and has the name it is listed by", async () => {
  for (const [name, verb] of Object.entries(VERBS)) {
    const command = await verb.load();
    expect(command.name()).toBe(name);
    expect(command.description().length).toBeGreaterThan(10);
  }
});
