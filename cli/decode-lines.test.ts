import { expect, test } from "vitest";
import { encodeBody } from "#shared/codec";
import { decodeLines } from "./decode-lines.ts";

test("a message in either encoding becomes one value", () => {
  for (const codec of ["msgpack", "json"] as const)
    expect(decodeLines(encodeBody({ uid: "a", page: 3 }, codec).bytes)).toEqual([{ uid: "a", page: 3 }]);
});

test("a batch of lifecycle events becomes one value each", () => {
  const batch = {
    worker: "w1",
    host: "h",
    events: [
      { kind: "started", task: "a.b" },
      { kind: "succeeded", task: "a.b" },
    ],
  };
  expect(decodeLines(encodeBody(batch, "msgpack").bytes)).toEqual([
    { worker: "w1", kind: "started", task: "a.b" },
    { worker: "w1", kind: "succeeded", task: "a.b" },
  ]);
});

test("what is neither is refused", () => {
  expect(() => decodeLines(Uint8Array.of(0xc1))).toThrow(expect.objectContaining({ code: "UNDECODABLE" }));
});
