import { expect, it } from "vitest";
import { placeOfMistake } from "./search-place.ts";

it("finds the character a sentence names", () => {
  expect(placeOfMistake('pump "x', "a quotation mark at character 6 has no partner")).toEqual({
    before: "pump ",
    at: '"',
    after: "x",
  });
});

it("finds none where the sentence names none, or one that is not there", () => {
  expect(placeOfMistake("x", "the search is empty")).toBeNull();
  expect(placeOfMistake("x", "a mistake at character 9")).toBeNull();
});
