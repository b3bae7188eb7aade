import { expect, it } from "vitest";
import { grouped, type OpenApi } from "./openapi.ts";

const DOC: OpenApi = {
  info: { title: "x", version: "1" },
  paths: {
    "/api/tasks/{id}": { get: { tags: ["tasks"], summary: "One task", responses: {} } },
    "/api/queues": { get: { tags: ["queues"], summary: "What waits", responses: {} } },
    "/api/tasks/bulk": { post: { tags: ["tasks"], summary: "Many tasks", responses: {} } },
  },
};

it("gathers operations by their tag", () => {
  expect(grouped(DOC, "").map(([tag, entries]) => [tag, entries.length])).toEqual([
    ["tasks", 2],
    ["queues", 1],
  ]);
});

it("keeps those that have all the words, in path, verb or summary", () => {
  expect(grouped(DOC, "POST many").flatMap(([, entries]) => entries.map(({ path }) => path))).toEqual([
    "/api/tasks/bulk",
  ]);
  expect(grouped(DOC, "nothing like it")).toEqual([]);
});
