import fc from "fast-check";
import { expect, it } from "vitest";
import { TaskEventKind } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { type Database, openDatabase } from "../sql/database.ts";
import { SCHEMA } from "../sql/schema.ts";
import { Story } from "../test-support/story.ts";
import { applyRecords } from "./apply.ts";
import type { StreamRecord } from "./record.ts";

const types = Object.keys(diagramPipeline.messages).map((type) => type.slice("diagram.".length));
const stages = ["ingest", "detect", "segment"];

/** One thing that happens: a pipeline message, or a lifecycle event of any kind. */
const happening = fc.record({
  type: fc.option(fc.constantFrom(...types)),
  kind: fc.constantFrom(...TaskEventKind.options),
  stage: fc.constantFrom(...stages),
  run: fc.constantFrom("a", "b"),
  generation: fc.integer({ min: 0, max: 2 }),
  attempt: fc.integer({ min: 0, max: 3 }),
  seq: fc.integer({ min: 0, max: 4 }),
  later: fc.integer({ min: -50, max: 20_000 }),
});

const happenings = fc.array(happening, { minLength: 1, maxLength: 40 });

function recordsOf(things: (typeof happening extends fc.Arbitrary<infer T> ? T : never)[]): StreamRecord[] {
  const story = new Story();
  for (const { type, kind, stage, run, generation, attempt, seq, later } of things) {
    story.now += later;
    if (type) story.says(type, run, { name: `${run}${generation}` }, generation);
    else
      story.tells(kind, stage, run, {
        generation,
        attempt,
        seq,
        runtimeMs: Math.abs(later),
        args: `${later}`,
      });
  }
  return story.records;
}

async function tables(batches: StreamRecord[][]): Promise<Record<string, unknown>> {
  const db: Database = await openDatabase(":memory:");
  db.exec(SCHEMA);
  for (const batch of batches) applyRecords(db, [diagramPipeline], batch);
  const names = db.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'task_text%'");
  // A count that went up and down again says the same as one that never was.
  const rows = (name: string) => db.all(`SELECT * FROM ${name}`).filter(({ n }) => n !== 0);
  const content = Object.fromEntries(names.map(({ name }) => [name, rows(name as string)]));
  content.matches = db.all(`SELECT rowid FROM task_text WHERE task_text MATCH '"1" *' ORDER BY rowid`);
  db.close();
  return content;
}

it("gives the same tables when any prefix is replayed, and however the records are cut into batches", async () => {
  await fc.assert(
    fc.asyncProperty(happenings, fc.nat(), fc.nat(), async (things, a, b) => {
      const records = recordsOf(things);
      const [cut, from] = [a % (records.length + 1), b % (records.length + 1)];
      const once = await tables([records]);
      expect(await tables([records.slice(0, cut), records])).toEqual(once);
      expect(await tables([records, records.slice(0, cut)])).toEqual(once);
      expect(await tables([records.slice(0, cut), records.slice(Math.min(from, cut))])).toEqual(once);
    }),
    { numRuns: 60 },
  );
});

it("keeps counts by state equal to the rows there are", async () => {
  await fc.assert(
    fc.asyncProperty(happenings, async (things) => {
      const records = recordsOf(things);
      const { tasks, task_counts, runs, run_counts } = (await tables([records])) as Record<string, Row[]>;
      const held = (rows: Row[]) =>
        rows.filter(({ n }) => Number(n) > 0).map(({ stage, state, n }) => `${stage}/${state}/${n}`);
      const count = (rows: Row[], key: (row: Row) => string) => {
        const counts = new Map<string, number>();
        for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
        return [...counts].map(([k, n]) => `${k}/${n}`).sort();
      };
      expect(held(task_counts!).sort()).toEqual(count(tasks!, ({ stage, state }) => `${stage}/${state}`));
      expect(held(run_counts!).sort()).toEqual(count(runs!, ({ state }) => `undefined/${state}`));
    }),
    { numRuns: 40 },
  );
});

type Row = Record<string, unknown>;
