import { expect, it } from "vitest";
import { matchPath } from "./match.ts";

it("takes the named parts of a path, decoded", () => {
  expect(matchPath("/tasks/:id", "/tasks/detect.a%2Fb")).toEqual({ id: "detect.a/b" });
  expect(matchPath("/", "/")).toEqual({});
  expect(matchPath("/tasks", "/tasks/")).toEqual({});
});

it("matches nothing longer, shorter, different or broken", () => {
  for (const path of ["/tasks", "/tasks/a/b", "/task/a", "/tasks/%E0%A4%A"])
    expect(matchPath("/tasks/:id", path), path).toBeNull();
});
