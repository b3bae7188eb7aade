import { expect, test } from "vitest";
import { qualityReasons } from "./quality-reasons.ts";

const inverted = { code: "INVERTED", message: "light ink on dark paper; it was inverted" };
const ends = { code: "MANY_LOOSE_ENDS", message: "many lines end in the open" };

test("each reason is told once, by its sentence and not by its code", () => {
  const details = { quality: { reasons: [inverted, ends] }, warnings: ["INVERTED", "MANY_LOOSE_ENDS"] };
  const sheet = { quality: { reasons: [inverted] } };
  expect(qualityReasons(details, sheet)).toEqual([inverted.message, ends.message]);
});

test("a code without a sentence is told in words, and a sheet without reasons has none", () => {
  expect(qualityReasons({ warnings: ["FEW_SYMBOLS"] }, undefined)).toEqual(["few symbols"]);
  expect(qualityReasons({ quality: { reasons: ["too dark"] } })).toEqual(["too dark"]);
  expect(qualityReasons({}, { quality: { score: 1, reasons: [] } })).toEqual([]);
});
