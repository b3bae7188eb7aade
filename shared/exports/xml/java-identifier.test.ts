import fc from "fast-check";
import { expect, test } from "vitest";
import { nastyText } from "#test/arbitrary-graph";
import { createIdentifierPool, javaIdentifier } from "./java-identifier.ts";

test.each([
  ["P-101A/B", "P_101A_B"],
  ["24-VLV-003", "_24_VLV_003"],
  ['6"-P-1001-A1A', "_6_P_1001_A1A"],
  ["class", "class_"],
  ["true", "true_"],
  ["resources", "resources_"],
  ["НКВ-1", "НКВ_1"],
  ["E\u0301-1", "É_1"],
  ["ⴰ", "u2d30"],
  ["--- ", "item"],
  ["_", "item"],
  ["", "item"],
])("makes %j the identifier %s", (text, identifier) => {
  expect(javaIdentifier(text)).toBe(identifier);
});

test("keeps tags apart that read alike, also when a counted name is a tag itself", () => {
  const identify = createIdentifierPool();
  expect(["P-101", "P_101", "P_101_2", "P.101"].map(identify)).toEqual([
    "P_101",
    "P_101_2",
    "P_101_2_2",
    "P_101_3",
  ]);
});

test("any texts become unique identifiers", () => {
  fc.assert(
    fc.property(fc.array(nastyText, { maxLength: 30 }), (texts) => {
      const names = texts.map(createIdentifierPool());
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[\p{L}_][\p{L}\p{N}_]*$/u);
    }),
  );
});
