import { expect, it } from "vitest";
import { queryString } from "./request.ts";

it("leaves out what is not asked for and joins lists", () => {
  expect(queryString({ state: ["A", "B"], q: "", cursor: null, limit: 50, run: undefined })).toBe(
    "?state=A%2CB&limit=50",
  );
  expect(queryString({})).toBe("");
});
