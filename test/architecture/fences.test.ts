import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findCycle } from "./find-cycle.ts";
import { foldersIn, importsOf, isTest, sourceFiles, unitOf } from "./imports.ts";
import { EMBEDDED, ENVIRONMENT, NOT_FOR_SERVICES, PURE, RUNS_STAGES, SHARED } from "./layers.ts";

const root = join(import.meta.dirname, "../..");
const files = sourceFiles(root, ["shared", "services", "cli", "deploy"]).filter((path) => !isTest(path));
const imports = new Map(files.map((path) => [path, importsOf(root, path)]));

/** `a → b` for every import for which the rule has something to say. */
function breaches(rule: (from: string, to: string | undefined, specifier: string) => boolean): string[] {
  return [...imports].flatMap(([path, list]) =>
    list.filter((i) => rule(path, i.target, i.specifier)).map((i) => `${path} imports ${i.specifier}`),
  );
}

it("sees imports of every kind", () => {
  const ours = importsOf(root, "shared/stage/attempt.ts");
  expect(ours).toContainEqual(expect.objectContaining({ target: "shared/bus/index.ts", typeOnly: false }));
  expect(ours).toContainEqual(expect.objectContaining({ target: "shared/stage/worker.ts", typeOnly: true }));
  const lazy = files.flatMap((path) => importsOf(root, path)).filter((i) => i.dynamic);
  expect(lazy.length).toBeGreaterThan(5);
});

it("lists every folder under shared, each importing only folders above it", () => {
  expect(Object.keys(SHARED).sort()).toEqual(foldersIn(root, "shared").sort());
  const order = Object.keys(SHARED);
  for (const [folder, may] of Object.entries(SHARED))
    for (const other of may)
      expect(order.indexOf(other), `${folder} names ${other}`).toBeLessThan(order.indexOf(folder));
});

it("lets shared folders import only what their layer allows, through the other's index", () => {
  expect(
    breaches((from, to) => {
      if (!from.startsWith("shared/") || to === undefined || unitOf(to) === unitOf(from)) return false;
      const may = SHARED[unitOf(from).slice("shared/".length)] ?? [];
      return !may.some((folder) => to === `shared/${folder}/index.ts`);
    }),
  ).toEqual([]);
});

it("keeps errors, vision and symbols free of packages and of Node", () => {
  expect(breaches((from, to) => PURE.includes(unitOf(from)) && to === undefined)).toEqual([]);
});

it("lets a service import its own folder and shared, never another service", () => {
  expect(
    breaches((from, to) => {
      if (!from.startsWith("services/") || to === undefined || unitOf(to) === unitOf(from)) return false;
      return (
        NOT_FOR_SERVICES.includes(unitOf(to).slice("shared/".length)) ||
        !/^shared\/[^/]+\/index\.ts$/.test(to)
      );
    }),
  ).toEqual([]);
});

it("lets only the all-in-one import services, and only eval their stages", () => {
  expect(
    breaches(
      (from, to) =>
        /^(cli|deploy)\//.test(from) &&
        to?.startsWith("services/") === true &&
        !RUNS_STAGES.includes(from) &&
        !(from.startsWith("cli/") && EMBEDDED.includes(unitOf(to))),
    ),
  ).toEqual([]);
});

it("reaches shared folders through the imports map only", () => {
  expect(
    breaches(
      (from, to, specifier) =>
        specifier.startsWith(".") && to?.startsWith("shared/") === true && unitOf(from) !== unitOf(to),
    ),
  ).toEqual([]);
});

it("has no cycle of imports that happen at run time", () => {
  const graph = new Map(
    [...imports].map(([path, list]) => [
      path,
      list.flatMap((i) => (i.target && !i.typeOnly && !i.dynamic ? [i.target] : [])),
    ]),
  );
  expect(findCycle(graph)).toBeNull();
});

it("finds a cycle where there is one", () => {
  const graph = new Map([
    ["a", ["b", "d"]],
    ["b", ["c"]],
    ["c", ["a"]],
    ["d", []],
  ]);
  expect(findCycle(graph)).toEqual(["a", "b", "c", "a"]);
});

it("reads the environment in shared/config only, but for the files with a reason", () => {
  const readers = files.filter(
    (path) =>
      !path.startsWith("shared/config/") && /\bprocess\.env\b/.test(readFileSync(join(root, path), "utf8")),
  );
  expect(readers.sort()).toEqual(Object.keys(ENVIRONMENT).sort());
});
