import { OpenAPIHono } from "@hono/zod-openapi";
import { expect, test } from "vitest";
import type { Env } from "../context.ts";
import { problemResponse, toProblem } from "../http/problem.ts";
import { flowerPages } from "./flower-pages.ts";

const app = new OpenAPIHono<Env>();
app.onError((error, c) => problemResponse(c, toProblem(error)));
flowerPages(app);

test.each([
  ["/task/detect.1m7yr74hd-snrmh4m", "/tasks/detect.1m7yr74hd-snrmh4m"],
  ["/worker/detect-host-1-ab", "/tasks?worker=detect-host-1-ab"],
  ["/worker/celery%40host%20a%26b", "/tasks?worker=celery%40host%20a%26b"],
  ["/task/%2F%2Felsewhere.example", "/tasks/%2F%2Felsewhere.example"],
  ["/broker", "/queues"],
  ["/dashboard", "/"],
])("%s, as Flower has it, leads to %s", async (path, to) => {
  const answer = await app.request(path);
  expect([answer.status, answer.headers.get("location")]).toEqual([302, to]);
});

test("a scrape of Flower's metrics is told where metrics are", async () => {
  const answer = await app.request("/metrics");
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({
    code: "METRICS_ELSEWHERE",
    detail: expect.stringContaining("9808"),
  });
});
