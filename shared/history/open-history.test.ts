import { closeSync, openSync, writeSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { diagramPipeline } from "#shared/pipeline";
import { openHistory } from "./open-history.ts";
import { Story } from "./test-support/story.ts";

async function file(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "penstock-history-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "below", "history.db");
}
const open = (path: string) => openHistory(path, [diagramPipeline]);

it("keeps tables and places in the streams when it is closed and opened again", async () => {
  const path = await file();
  const story = new Story();
  story.works("detect", "a", story.says("ingested", "a"));
  const first = await open(path);
  first.apply(story.records);
  first.close();
  const again = await open(path);
  expect([again.place("DIAGRAM"), again.place("TASKS")]).toEqual([1, 3]);
  expect(again.getTask({ id: "detect.a" }).state).toBe("SUCCESS");
  again.close();
});

it("begins again with an empty file where there is something that is no database", async () => {
  const path = await file();
  (await open(path)).close();
  await writeFile(path, "this is no database, whatever its name says".repeat(200));
  const history = await open(path);
  expect(history.rebuilt?.reason).toMatch(/damaged/);
  expect(history.size()).toMatchObject({ runs: 0, tasks: 0 });
  history.close();
});

it("begins again with an empty file where pages are damaged", async () => {
  const path = await file();
  const story = new Story();
  for (let i = 0; i < 300; i++) story.works("detect", `r${i}`, story.says("ingested", `r${i}`));
  const first = await open(path);
  first.apply(story.records);
  first.close();
  const fd = openSync(path, "r+");
  for (let page = 2; page < 40; page++) writeSync(fd, Buffer.alloc(2000, 0xa5), 0, 2000, page * 4096);
  closeSync(fd);
  const history = await open(path);
  expect(history.rebuilt?.reason).toMatch(/damaged/);
  history.apply(story.records);
  expect(history.size().tasks).toBe(300);
  history.close();
});
