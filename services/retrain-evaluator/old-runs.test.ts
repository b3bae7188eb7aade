import { expect, it } from "vitest";
import { objectsOfOldRuns } from "./old-runs.ts";

const object = (name: string, day: number) => ({
  ...{ name, size: 1 },
  mtime: `2026-01-${String(day).padStart(2, "0")}T02:00:00Z`,
});
const objects = [
  object("now/train-light-g0a1-abc/model.onnx", 20),
  object("failed/train-heavy-g0a1-abc/train.log", 3),
  object("failed/checkpoints/detector-a1-0", 2),
  object("revoked/checkpoints/ranking-a1-0", 4),
  object("live/train-light-g0a1-abc/model.onnx", 1),
  object("recent/train-light-g0a1-abc/model.onnx", 19),
  object("old-but-retried/train-light-g0a1-abc/model.onnx", 1),
  object("old-but-retried/train-light-g1a1-abc/model.onnx", 18),
  object("diagram/ingest-g0a1-abc/sheet.png", 1),
  object("diagram/thumbnail.webp", 1),
];

it("finds what old runs left, however they ended, and neither the newest nor what live models come from", () => {
  const old = objectsOfOldRuns(objects, { own: "now", keep: new Set(["live"]), newest: 2 });
  expect(old.map(({ name }) => name).sort()).toEqual([
    "failed/checkpoints/detector-a1-0",
    "failed/train-heavy-g0a1-abc/train.log",
    "revoked/checkpoints/ranking-a1-0",
  ]);
});

it("never touches the run that cleans up, nor any diagram", () => {
  const old = objectsOfOldRuns(objects, { own: "now", keep: new Set(), newest: 0 });
  expect(new Set(old.map(({ name }) => name.split("/")[0]))).toEqual(
    new Set(["failed", "revoked", "live", "recent", "old-but-retried"]),
  );
});
