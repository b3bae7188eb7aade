import { expect, it } from "vitest";
import { z } from "zod";
import { readEnv, variableName } from "./index.ts";

const schema = z.object({
  slicePx: z.number().int().min(64).default(1024),
  enabled: z.boolean().default(true),
  names: z.array(z.string()).default([]),
});

it("names a variable for its stage and field", () => {
  expect(variableName("maxMaskSidePx", "gate-masks")).toBe("GATE_MASKS_MAX_MASK_SIDE_PX");
});

it("reads numbers, booleans and lists, and lets overrides win", () => {
  const env = { DETECT_SLICE_PX: "640", DETECT_ENABLED: "false", DETECT_NAMES: "a, b" };
  expect(readEnv(schema, "detect", {}, env)).toEqual({ slicePx: 640, enabled: false, names: ["a", "b"] });
  expect(readEnv(schema, "detect", { slicePx: 512 }, env).slicePx).toBe(512);
});

it("names every variable that is wrong, at once", () => {
  const env = { DETECT_SLICE_PX: "many", DETECT_ENABLED: "perhaps" };
  expect(() => readEnv(schema, "detect", {}, env)).toThrow(/DETECT_SLICE_PX.*[\s\S]*DETECT_ENABLED/);
});
