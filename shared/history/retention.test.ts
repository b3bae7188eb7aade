import { expect, it } from "vitest";
import { diagramPipeline } from "#shared/pipeline";
import { ENDPOINTS } from "./endpoints.ts";
import { openHistory } from "./open-history.ts";
import { Story, T0 } from "./test-support/story.ts";

async function told() {
  const story = new Story();
  for (let i = 0; i < 20; i++) {
    const seq = story.says("ingested", `r${i}`);
    if (i % 4 === 0) story.tells("started", "detect", `r${i}`, { seq });
    else story.works("detect", `r${i}`, seq);
  }
  const history = await openHistory(":memory:", [diagramPipeline]);
  history.apply(story.records);
  return history;
}
const all = ENDPOINTS["tasks.list"].query.parse({ limit: 500 });

it("drops the oldest finished tasks beyond the number of rows, never unfinished ones, and keeps the counts", async () => {
  const history = await told();
  expect(history.dropOld({ days: 365, rows: 10 }, T0)).toBe(10);
  const left = history.listTasks(all).tasks;
  expect(left).toHaveLength(10);
  expect(left.filter(({ state }) => state === "STARTED")).toHaveLength(5);
  expect(history.overview({ windowMs: 60_000 }, T0).tasks.byState).toMatchObject({ SUCCESS: 15, STARTED: 5 });
  expect(history.listTasks({ ...all, q: "pump" }).tasks).toHaveLength(5);
});

it("drops finished tasks that are too old", async () => {
  const history = await told();
  expect(history.dropOld({ days: 1, rows: 1000 }, T0 + 10 * 86_400_000)).toBe(15);
  expect(history.listTasks(all).tasks.every(({ state }) => state === "STARTED")).toBe(true);
});

it("forgets a run with its tasks, and takes both out of the counts", async () => {
  const history = await told();
  expect(history.forgetRun({ uid: "r1", pipeline: "diagram" })).toBe(true);
  expect(history.forgetRun({ uid: "r1", pipeline: "diagram" })).toBe(false);
  const { tasks, runs } = history.overview({ windowMs: 60_000 }, T0);
  expect([tasks.byState.SUCCESS, runs.total]).toEqual([14, 19]);
});

it("empties the tables on a rebuild, and tells why", async () => {
  const history = await told();
  history.rebuild("stream DIAGRAM was made anew");
  expect(history.size()).toMatchObject({ runs: 0, tasks: 0 });
  expect(history.place("DIAGRAM")).toBe(0);
  expect(history.rebuilt?.reason).toMatch(/made anew/);
});
