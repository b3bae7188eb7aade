import { expect, it } from "vitest";
import { filterOf, isEmpty } from "./filter.ts";

const read = (text: string, now = 0) => filterOf(new URLSearchParams(text), now);

it("reads lists, texts and times of an address, and leaves out what is empty", () => {
  expect(read("state=FAILURE,RETRY&stage=detect&q=%20pump%20&worker=&from=5&to=x")).toEqual({
    state: ["FAILURE", "RETRY"],
    stage: ["detect"],
    q: "pump",
    from: 5,
  });
});

it("counts a named span back from now, to the minute so that a page asks the same again", () => {
  const now = 100 * 60_000 + 30_000;
  expect(read("span=15+min", now)).toEqual({ from: 85 * 60_000 });
  expect(read("span=15+min", now + 10_000)).toEqual(read("span=15+min", now));
  expect(read("span=for+ever", now)).toEqual({});
});

it("knows a filter that lets everything through", () => {
  expect(isEmpty(read("sort=oldest&page=3"))).toBe(true);
  expect(isEmpty(read("run=a"))).toBe(false);
});
