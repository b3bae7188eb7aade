import { expect, it } from "vitest";
import { sumOf } from "./sum.ts";

const worker = (pid: number, online = true) => ({
  online,
  active: 1,
  slots: 4,
  processed: 10,
  perSecond: 0.5,
  residentBytes: 100,
  host: "a",
  pid,
});

it("counts the memory of a process once, however many workers it runs, and of none that is gone", () => {
  expect(sumOf([worker(1), worker(1), worker(2), worker(3, false)])).toEqual({
    online: 3,
    active: 3,
    slots: 12,
    processed: 40,
    perSecond: 1.5,
    memory: 200,
  });
});
