import { expect, it } from "vitest";
import { z } from "zod";
import { readEnv } from "#shared/config";
import { walkSchema } from "./walk-schema.ts";

const schema = z.object({
  slicePx: z.coerce.number().int().min(64).max(10_000).default(1024).describe("side of a slice"),
  trust: z.number().min(0).max(1).default(0.8),
  maxPages: z.number().int().positive().default(200),
  deskew: z.stringbool().or(z.boolean()).default(true).describe("turn upright"),
  readOnly: z.boolean().default(false),
  token: z.string().min(8).optional().describe("who sends it may look"),
  level: z.enum(["info", "warn"]).default("info"),
  hosts: z.array(z.string()).default(["a", "b"]),
  badge: z.string().max(40).describe("below the default").default(""),
  seed: z.number().int(),
});

const settings = walkSchema(schema, "gate-masks");
const one = (variable: string) => settings.find((setting) => setting.variable === `GATE_MASKS_${variable}`);

it("names the variable each field is read from, in order", () => {
  expect(settings.map((setting) => setting.variable)).toEqual([
    "GATE_MASKS_SLICE_PX",
    "GATE_MASKS_TRUST",
    "GATE_MASKS_MAX_PAGES",
    "GATE_MASKS_DESKEW",
    "GATE_MASKS_READ_ONLY",
    "GATE_MASKS_TOKEN",
    "GATE_MASKS_LEVEL",
    "GATE_MASKS_HOSTS",
    "GATE_MASKS_BADGE",
    "GATE_MASKS_SEED",
  ]);
});

it("keeps default, range and description of a coerced number", () => {
  expect(one("SLICE_PX")).toEqual({
    field: "slicePx",
    variable: "GATE_MASKS_SLICE_PX",
    type: "integer",
    default: "1024",
    optional: true,
    range: "64 to 10,000",
    bounds: { minimum: 64, maximum: 10_000 },
    description: "side of a slice",
  });
});

it("tells integers from numbers, and open ends from closed ones", () => {
  expect(one("TRUST")).toMatchObject({ type: "number", default: "0.8", range: "0 to 1" });
  expect(one("MAX_PAGES")).toMatchObject({ type: "integer", range: "more than 0" });
});

it("sees a boolean however it is read", () => {
  expect(one("DESKEW")).toMatchObject({ type: "boolean", default: "true", description: "turn upright" });
  expect(one("READ_ONLY")).toMatchObject({ type: "boolean", default: "false" });
});

it("shows what may be left out, what must be given, and a text below its default", () => {
  expect(one("TOKEN")).toMatchObject({ optional: true, default: "", range: "at least 8 characters" });
  expect(one("SEED")).toMatchObject({ optional: false, default: "" });
  expect(one("BADGE")).toMatchObject({ description: "below the default", range: "at most 40 characters" });
});

it("lists choices and lists", () => {
  expect(one("LEVEL")).toMatchObject({ type: "info, warn", default: "info" });
  expect(one("HOSTS")).toMatchObject({ type: "list, comma-separated", default: "a,b" });
});

it("writes defaults so that setting them changes nothing", () => {
  const given = Object.fromEntries(settings.map((setting) => [setting.variable, setting.default]));
  const env = { ...given, GATE_MASKS_SEED: "7" };
  expect(readEnv(schema, "gate-masks", {}, env)).toEqual(
    readEnv(schema, "gate-masks", {}, { GATE_MASKS_SEED: "7" }),
  );
});

it("refuses a type that no environment variable can hold", () => {
  expect(() => walkSchema(z.object({ at: z.date() }))).toThrow("date");
});
