import { afterEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { defaultEnv, readEnv } from "./index.ts";

afterEach(() => vi.unstubAllEnvs());

it("sets what nobody has set, and takes it back", () => {
  vi.stubEnv("PROBE_SET", "theirs");
  vi.stubEnv("PROBE_EMPTY", "");
  const read = () =>
    readEnv(
      z.object({ set: z.string(), empty: z.string().optional(), absent: z.string().optional() }),
      "probe",
    );
  const takeBack = defaultEnv({ PROBE_SET: "ours", PROBE_EMPTY: "ours", PROBE_ABSENT: "ours" });
  expect(read()).toEqual({ set: "theirs", empty: "ours", absent: "ours" });
  takeBack();
  expect(read()).toEqual({ set: "theirs" });
});
