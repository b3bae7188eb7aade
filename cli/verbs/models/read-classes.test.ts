import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readClasses } from "./read-classes.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "penstock-classes-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const path = join(folder, "classes.yaml");
  await writeFile(path, text);
  return readClasses(path);
}

it("takes a list, and a YOLO data file in both its forms", async () => {
  expect(await read("- valve\n- pump\n")).toEqual(["valve", "pump"]);
  expect(await read("path: ../data\nnames: [valve, pump]\n")).toEqual(["valve", "pump"]);
  expect(await read("names:\n  1: pump\n  0: valve\n")).toEqual(["valve", "pump"]);
});

it("gives names of one's own our names where the file says so", async () => {
  expect(await read("names: [Ventil-Typ 7, Sonder]\nmap:\n  Ventil-Typ 7: gate_valve\n")).toEqual([
    "gate_valve",
    "Sonder",
  ]);
});

it.each([
  ["names: 7", /neither a list/],
  ["names:\n  0: a\n  2: b\n", /without a gap/],
  ["names: [a]\nmap: { b: c }\n", /map: names "b"/],
  ["[", /no YAML/],
  ["[]", /without a gap/],
])("says what is wrong with %j", async (text, why) => {
  const error = await read(text).catch((caught) => caught);
  expect(error).toMatchObject({ code: "BAD_CLASSES", reason: "invalid" });
  expect(error.message).toMatch(why);
});
