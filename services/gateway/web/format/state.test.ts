import { expect, it } from "vitest";
import { runLook, runStateLook, taskLook } from "./state.ts";

it("gives every state of a task Flower's colour, a sign and a word", () => {
  const looks = ["PENDING", "RECEIVED", "STARTED", "RETRY", "SUCCESS", "FAILURE", "REVOKED"].map(taskLook);
  expect(looks.map((look) => look.tone)).toEqual([
    "pending",
    "pending",
    "started",
    "started",
    "success",
    "failure",
    "revoked",
  ]);
  expect(new Set(looks.map((look) => look.sign + look.label)).size).toBe(looks.length);
  expect(looks.every((look) => look.sign !== "")).toBe(true);
});

it("shows a state nobody knows by its name", () => {
  expect(taskLook("SOME_NEW")).toMatchObject({ tone: "pending", label: "some new" });
});

it("tells a run that waits for a person from one that works, one that is done and one that failed", () => {
  const tone = (state: string, final = false, waits = false, error: unknown = null) =>
    runLook({ state, final, waits, error }).tone;
  expect(tone("awaiting_graph", false, true)).toBe("waiting");
  expect(tone("segmented")).toBe("started");
  expect(tone("uploaded")).toBe("pending");
  expect(tone("completed", true)).toBe("success");
  expect(tone("completed", true, false, { code: "X" })).toBe("failure");
  expect(tone("error", true)).toBe("failure");
  expect(tone("revoked", true)).toBe("revoked");
});

it("reads the states of a training run by their names", () => {
  expect(
    ["succeeded", "partial", "timed_out", "revoked", "planned", "training"].map((s) => runStateLook(s).tone),
  ).toEqual(["success", "success", "failure", "revoked", "pending", "started"]);
  expect(runStateLook("partial").sign).not.toBe(runStateLook("succeeded").sign);
});
