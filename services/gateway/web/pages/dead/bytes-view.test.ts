import { expect, it } from "vitest";
import { hexDump } from "./bytes-view.ts";

it("shows bytes with their place, as numbers and as the characters that can be shown", () => {
  const base64 = Buffer.from([0xff, 0xfe, 0, ...Buffer.from("Penstock sheet!")]).toString("base64");
  expect(hexDump(base64)).toBe(
    [
      "0000  ff fe 00 50 65 6e 73 74 6f 63 6b 20 73 68 65 65  ···Penstock shee",
      "0010  74 21                                            t!",
    ].join("\n"),
  );
});

it("shows no more than asked, and nothing of nothing", () => {
  expect(hexDump(Buffer.alloc(100).toString("base64"), 20).split("\n")).toHaveLength(2);
  expect(hexDump("")).toBe("");
});
