import { hostname } from "node:os";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expect, it } from "vitest";
import { type Bus, openKv, publishMessage, reconcileTopology } from "#shared/bus";
import { addModel, promoteModel } from "#shared/models";
import { diagramPipeline } from "#shared/pipeline";
import { eventually } from "#test/nats";
import { toyPipeline } from "#test/toy/pipeline";
import { begin, startToy } from "#test/toy/start";
import { type OwnBus, withBus } from "#test/with-bus";
import { type StartExporterOptions, startExporter } from "./start-exporter.ts";
import { countsOf, type Metrics, readMetrics } from "./test-support/read-metrics.ts";

const pipelines = [toyPipeline, diagramPipeline];
const PATIENCE_MS = 120_000;
const add = '{name="add",queue_name="default"}';

let server: OwnBus["server"];
let bus: Bus;

const start = (more: Partial<StartExporterOptions> = {}) =>
  startExporter({ bus, pipelines, port: 0, refreshMs: 200, snapshotMs: 200, ...more });

/** What an exporter shows as soon as it shows anything. */
const shown = (url: string) => eventually("a page", () => readMetrics(url), PATIENCE_MS);

/** Waits until metrics are as they should be, and tells which are not when time is up. */
async function reaches(url: string, expected: Record<string, number>): Promise<Metrics> {
  let last: Metrics = new Map();
  const wrong = () => Object.entries(expected).filter(([name, value]) => last.get(name) !== value);
  await eventually(
    "metrics",
    async () => {
      last = (await readMetrics(url)) ?? last;
      return wrong().length === 0;
    },
    PATIENCE_MS,
  ).catch((error) => {
    throw new Error(
      `${error.message}: ${wrong().map(([name, value]) => `${name} is ${last.get(name)}, not ${value}`)}`,
    );
  });
  return last;
}

withBus(pipelines, (own) => {
  ({ server, bus } = own);
});

it("shows every declared stage at zero before anything happened", async () => {
  await using exporter = await start();
  const metrics = await shown(exporter.url);
  for (const stage of pipelines.flatMap((pipeline) => Object.values(pipeline.stages)))
    for (const event of ["sent", "succeeded", "failed", "dead_lettered"])
      expect(
        metrics.get(`penstock_task_${event}_total{name="${stage.name}",queue_name="${stage.queue}"}`),
      ).toBe(0);
  expect(metrics.get('penstock_queue_length{queue_name="gpu"}')).toBe(0);
  expect([...metrics.keys()].filter((name) => name.startsWith("celery_"))).toEqual([]);
  expect((await fetch(`${exporter.url}/healthz`)).status).toBe(200);
});

it("counts what happens to tasks, and the same after a restart, from the first message, and in a second replica", async () => {
  await using toy = await startToy(server.url);
  const first = await start();
  await Promise.all([
    ...["a", "b", "c"].map((uid) => begin(bus, uid, {})),
    begin(bus, "once", { do: "fail-once" }),
    begin(bus, "never", { do: "throw" }),
    begin(bus, "impossible", { do: "permanent" }),
    bus.js.publish("toy.begun.poison", "{ no json"),
  ]);
  const counted = await reaches(first.url, {
    [`penstock_task_sent_total${add}`]: 7,
    [`penstock_task_succeeded_total${add}`]: 4,
    // One and its second attempt, then two of the one that never works.
    [`penstock_task_retried_total${add}`]: 3,
    [`penstock_task_failed_total${add}`]: 3,
    [`penstock_task_rejected_total${add}`]: 1,
    [`penstock_task_dead_lettered_total${add}`]: 2,
    'penstock_task_succeeded_total{name="finish",queue_name="light"}': 4,
    'penstock_task_exceptions_total{name="add",exception="CANNOT_ADD"}': 1,
    'penstock_task_exceptions_total{name="add",exception="Error"}': 4,
    'penstock_task_duration_seconds_count{name="add",queue_name="default",outcome="succeeded"}': 4,
    'penstock_dlq_length{queue_name="default"}': 2,
    'penstock_queue_length{queue_name="default"}': 0,
    'penstock_active_worker_count{queue_name="light"}': 1,
    'penstock_active_process_count{queue_name="default"}': 2,
  });
  expect([...counted.keys()].join("\n")).not.toMatch(/impossible|never|poison/);
  const hours = [...counted].filter(([name]) => name.startsWith("penstock_task_executions_by_hour_total"));
  expect(hours).toHaveLength(24);
  expect(hours.reduce((sum, [, value]) => sum + value, 0)).toBe(
    counted.get(`penstock_task_started_total${add}`)! +
      counted.get('penstock_task_started_total{name="finish",queue_name="light"}')!,
  );
  {
    await using replica = await start();
    // What workers tell comes in its own time: one of the two may have heard the last of it before the other.
    const pages = () => Promise.all([replica.url, first.url].map(async (url) => countsOf(await shown(url))));
    await eventually(
      "both count alike",
      async () => {
        const [one, other] = await pages();
        return isDeepStrictEqual(one, other);
      },
      PATIENCE_MS,
    );
    await begin(bus, "d", {});
    const both = { [`penstock_task_succeeded_total${add}`]: 5 };
    await reaches(first.url, both);
    await reaches(replica.url, both);
  }
  const before = await reaches(first.url, {
    'penstock_task_succeeded_total{name="finish",queue_name="light"}': 5,
  });
  await first.close();

  // What happens while none runs is counted by the next, before it shows anything.
  await begin(bus, "e", {});
  await eventually("the last result", async () => {
    const { state } = await bus.jsm.streams.info("TOY", { subjects_filter: "toy.finished.e" });
    return Object.keys(state.subjects ?? {}).length === 1;
  });
  {
    await using again = await start();
    const page = await shown(again.url);
    expect(page.get(`penstock_task_sent_total${add}`)).toBe(
      before.get(`penstock_task_sent_total${add}`)! + 1,
    );
    await reaches(again.url, { 'penstock_task_succeeded_total{name="finish",queue_name="light"}': 6 });
  }
  // Workers that have stopped have nothing more to tell.
  await toy.running.stop(0);
  const settled = await (async () => {
    await using again = await start();
    return countsOf(await shown(again.url));
  })();
  await (await openKv(bus, "counters")).delete("exporter.counts");
  const fromTheStart = await start();
  expect(countsOf(await shown(fromTheStart.url))).toEqual(settled);
  await fromTheStart.close();
  // Retention may take the messages: the counts are written down.
  for (const stream of ["TASKS", "TOY", "DEAD"]) await bus.jsm.streams.purge(stream);
  await using fromTheSnapshot = await start();
  expect(countsOf(await shown(fromTheSnapshot.url))).toEqual(settled);
  expect(toy.running.workers).toHaveLength(2);
});

it("tells of work that waits without workers, and of versions of models", { timeout: 240_000 }, async () => {
  await using exporter = await start();
  await publishMessage(bus, diagramPipeline, {
    type: "diagram.uploaded",
    id: "one",
    body: { uid: "one", object: "inbox/x.png" },
  });
  const file = resolve("test/fixtures/models/detector.onnx");
  const { version } = await addModel(bus, "detector", { path: file }, { by: "test", score: 0.75 });
  await promoteModel(bus, "detector", { version, by: "test" });
  const page = await reaches(exporter.url, {
    'penstock_queue_length{queue_name="default"}': 1,
    'penstock_stage_length{name="ingest",queue_name="default"}': 1,
    'penstock_stage_workers{name="ingest",queue_name="default"}': 0,
    'penstock_model_version_info{model="detector",version="v1",source="promoted"}': 1,
    'penstock_model_score{model="detector",version="v1"}': 0.75,
  });
  expect(page.get('penstock_queue_oldest_age_seconds{queue_name="default"}')).toBeGreaterThan(0);
});

it("adds the metrics of celery-exporter when asked, by host, and goes on from counts without hosts", async () => {
  await using toy = await startToy(server.url, "celery");
  await using plain = await start();
  const before = (await shown(plain.url)).get(`penstock_task_succeeded_total${add}`)!;
  await using exporter = await start({ compat: "celery-exporter" });
  await begin(bus, "celery-1", {});
  await begin(bus, "celery-2", { do: "permanent" });
  await bus.js.publish("toy.begun.celery-3", "{ no json");
  const host = hostname();
  const labels = `name="add",hostname="${host}",queue_name="default"`;
  await reaches(exporter.url, {
    [`penstock_task_succeeded_total${add}`]: before + 1,
    [`celery_tasks_succeeded_total${add}`]: before + 1,
    [`celery_task_succeeded_total{${labels}}`]: 1,
    [`celery_task_failed_total{${labels},exception="CANNOT_ADD"}`]: 1,
    [`celery_task_failed_total{${labels},exception=""}`]: 0,
    [`celery_task_rejected_total{${labels}}`]: 1,
    [`celery_task_runtime_count{${labels}}`]: 1,
    [`celery_worker_up{hostname="${host}"}`]: 1,
    'celery_active_worker_count{queue_name="light"}': 1,
    celery_workers: 1,
  });
  expect(toy.running.workers).toHaveLength(2);
});

it("counts anew when a stream was made anew, and shows nothing half-counted", async () => {
  await using exporter = await start();
  expect((await shown(exporter.url)).get(`penstock_task_sent_total${add}`)).toBeGreaterThan(0);
  await bus.jsm.streams.delete("TOY");
  await reconcileTopology(bus, pipelines);
  await begin(bus, "new", {});
  await reaches(exporter.url, { [`penstock_task_sent_total${add}`]: 1 });
});
