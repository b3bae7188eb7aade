import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PIPELINES, type Stage } from "#shared/pipeline";
import { foldersIn } from "./imports.ts";

const root = join(import.meta.dirname, "../..");
const folders = ["shared", "services"].flatMap((top) => foldersIn(root, top).map((name) => `${top}/${name}`));

it.each(folders)("%s says in a README of one screen what it is", (folder) => {
  const path = join(root, folder, "README.md");
  expect(existsSync(path)).toBe(true);
  const lines = readFileSync(path, "utf8").split("\n");
  expect(lines[0]).toMatch(/^# \S/);
  expect(lines.length).toBeGreaterThan(3);
});

it.each(folders)("%s has an index, its table of contents", (folder) => {
  expect(existsSync(join(root, folder, "index.ts"))).toBe(true);
});

const stages = PIPELINES.flatMap((pipeline) => Object.values(pipeline.stages));

// A join has no handler: the runtime does what the declaration says.
const handled = stages.filter((stage: Stage) => !stage.join);

it.each(handled.map((stage) => [stage.name, stage] as const))(
  "stage %s has its service folder and module",
  (_name, stage) => {
    expect(existsSync(join(root, "services", stage.service, `${stage.module}.ts`))).toBe(true);
  },
);

it.each(stages.map((stage) => [stage.name, stage] as const))(
  "the README of stage %s names what it takes and gives",
  (_name, stage) => {
    const readme = readFileSync(join(root, "services", stage.service, "README.md"), "utf8");
    for (const type of [...stage.takes, ...stage.gives]) expect(readme).toContain(type);
  },
);
