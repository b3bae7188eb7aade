import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startExporter } from "#services/exporter";
import { startTracker } from "#services/tracker";
import { type Bus, connectBus, publishMessage, reconcileTopology } from "#shared/bus";
import { diagramPipeline } from "#shared/pipeline";
import { eventually, temporaryFolder, testServer } from "#test/nats";
import { toyPipeline } from "#test/toy/pipeline";
import { begin, startToy } from "#test/toy/start";
import { readMetrics } from "../../services/exporter/test-support/read-metrics.ts";
import { hasPrometheus, type Series, startPrometheus } from "./prometheus.ts";

const pipelines = [toyPipeline, diagramPipeline];
const PATIENCE_MS = 120_000;

interface Panel {
  title: string;
  targets?: { expr: string }[];
}

/** How the tasks of the load ended, by the exporter's own page. */
interface Ends {
  succeeded: number;
  failed: number;
  rejected: number;
}

/** What the load must look like on each panel. Increases are extrapolated a little. */
const PLAUSIBLE: Record<string, (series: Series[], ends: Ends) => boolean> = {
  "Active workers": (series) => total(series) === 2,
  "Tasks executed": (series, { succeeded, failed }) => near(total(series), succeeded + failed),
  "Failed in the last hour": (series, { failed }) => near(total(series), failed),
  "Success rate": (series, { succeeded, failed }) => near(total(series), succeeded / (succeeded + failed)),
  "Execution rate per minute": (series) => value(series, { name: "add" }) > 0,
  "Duration p95": (series) => value(series, { name: "add" }) > 0 && value(series, { name: "add" }) < 60,
  "Queue length by queue": (series) => value(series, { queue_name: "default" }) === 2,
  "Worker memory": (series) => total(series) > 1e7,
  Failures: (series, { failed }) => near(total(series), failed),
  "Active tasks": (series) => series.some(({ metric }) => metric.name === "finish"),
  "Retry rate": (series) => value(series, { name: "add" }) > 0,
  "Activity by hour": (series) => series.length === 24 && total(series) > 0,
  "Diagrams by state": (series) => value(series, { state: "uploaded" }) === 2,
  "Wait p95 by stage": (series) => value(series, { name: "finish" }) > 0,
  "Oldest task that is not done": (series) => value(series, { queue_name: "default" }) > 0,
  "Dead letters": (series, { failed }) => value(series, { queue_name: "default" }) === failed,
  // Seven that threw three times each.
  "Errors by code": (series) => value(series, { exception: "Error" }) >= 7,
  Models: (series) => series.length >= 3,
};

/** Between two looks: Prometheus has other things to do. */
const pause = (ms = 250) => new Promise((resolve) => setTimeout(resolve, ms));
const total = (series: Series[]) =>
  series.reduce((sum, { value }) => sum + (Number.isNaN(value) ? 0 : value), 0);
const near = (value: number, expected: number) => Math.abs(value - expected) <= expected * 0.25;
const value = (series: Series[], labels: Record<string, string>) =>
  series.find(({ metric }) => Object.entries(labels).every(([name, text]) => metric[name] === text))?.value ??
  Number.NaN;

describe.skipIf(!hasPrometheus)("a real Prometheus (skipped where `prometheus` is not installed)", () => {
  const undo: (() => PromiseLike<unknown>)[] = [];
  let bus: Bus;
  let ends: Ends;
  let exporter: Awaited<ReturnType<typeof startExporter>>;
  let prometheus: Awaited<ReturnType<typeof startPrometheus>>;

  const exportOn = (port: number) =>
    startExporter({ bus, pipelines, port, refreshMs: 300, snapshotMs: 1_000 });
  const sumOf = async (expr: string) => total(await prometheus.query(expr));

  /** How all twenty additions and what follows them ended, once they have. */
  async function loadDone(): Promise<Ends | null> {
    await pause();
    const page = (await readMetrics(exporter.url)) ?? new Map<string, number>();
    const count = (event: string, name = "add", queue = "default") =>
      page.get(`penstock_task_${event}_total{name="${name}",queue_name="${queue}"}`) ?? 0;
    const added = count("succeeded");
    const finished = count("succeeded", "finish", "light");
    if (added + count("failed") < 20 || finished < added) return null;
    return { succeeded: added + finished, failed: count("failed"), rejected: count("rejected") };
  }

  const fires = (alert: string, expected = true) =>
    eventually(
      `${alert} ${expected ? "fires" : "clears"}`,
      async () => {
        await pause();
        return (await prometheus.firing()).has(alert) === expected;
      },
      PATIENCE_MS,
    );

  beforeAll(async () => {
    const server = await testServer();
    undo.push(() => server[Symbol.asyncDispose]());
    bus = await connectBus({ url: server.url, name: "test" });
    undo.push(() => bus.close());
    await reconcileTopology(bus, pipelines);
    const folder = await temporaryFolder();
    undo.push(() => folder[Symbol.asyncDispose]());
    const tracker = await startTracker({ bus, dbPath: `${folder.path}/history.db`, pipelines, tickMs: 300 });
    undo.push(() => tracker.close());
    const toy = await startToy(server.url);
    undo.push(() => toy[Symbol.asyncDispose]());
    exporter = await exportOn(0);
    undo.push(() => exporter.close());
    prometheus = await startPrometheus(new URL(exporter.url).host);
    undo.push(() => prometheus[Symbol.asyncDispose]());
    // An increase needs to have seen the zero.
    await eventually(
      "zeros in Prometheus",
      async () => {
        await pause();
        return (await sumOf("count_over_time(penstock_build_info[1m])")) >= 2;
      },
      PATIENCE_MS,
    );
    expect([...(await prometheus.firing())]).toEqual([]);
    await Promise.all([
      ...Array.from({ length: 10 }, (_, i) => begin(bus, `ok-${i}`, {})),
      ...Array.from({ length: 2 }, (_, i) => begin(bus, `once-${i}`, { do: "fail-once" })),
      ...Array.from({ length: 7 }, (_, i) => begin(bus, `never-${i}`, { do: "throw" })),
      bus.js.publish("toy.begun.poison", "{ no json"),
      ...["one", "two"].map((id) =>
        publishMessage(bus, diagramPipeline, {
          type: "diagram.uploaded",
          id,
          body: { uid: id, object: "inbox/x.png" },
        }),
      ),
    ]);
    ends = await eventually("the load to be done", loadDone, PATIENCE_MS);
    await eventually(
      "all of it in Prometheus",
      async () => {
        await pause();
        return (await sumOf("penstock_task_failed_total")) === ends.failed;
      },
      PATIENCE_MS,
    );
  }, 400_000);

  afterAll(async () => {
    for (const step of undo.reverse()) await step();
  }, 60_000);

  it("shows data on every panel of the dashboard, of a plausible size", async () => {
    const { panels } = JSON.parse(await readFile("deploy/grafana/dashboards/penstock.json", "utf8")) as {
      panels: Panel[];
    };
    const charts = panels.filter(({ targets }) => targets);
    expect(charts.length).toBeGreaterThanOrEqual(13);
    expect(Object.keys(PLAUSIBLE).filter((title) => !charts.some((chart) => chart.title === title))).toEqual(
      [],
    );
    for (const { title, targets } of charts) {
      const plausible = PLAUSIBLE[title] ?? (() => true);
      for (const { expr } of targets!) {
        const filled = expr
          .replaceAll("$__range", "10m")
          .replaceAll("$__rate_interval", "2m")
          .replaceAll(/\$(stage|queue)\b/g, ".*");
        let series: Series[] = [];
        await eventually(
          `data on panel ${title}`,
          async () => {
            series = await prometheus.query(filled);
            await pause(series.length === 0 ? 200 : 0);
            return series.some(({ value }) => !Number.isNaN(value)) && plausible(series, ends);
          },
          60_000,
        ).catch((error) => {
          throw new Error(`${error.message}: ${filled} gives ${JSON.stringify(series)}`);
        });
      }
    }
  }, 400_000);

  it("tells how tasks ended in shares that add up", async () => {
    const { panels } = JSON.parse(await readFile("deploy/grafana/dashboards/penstock.json", "utf8")) as {
      panels: Panel[];
    };
    const pie = panels.find(({ title }) => title === "Status distribution")!;
    const shares = await Promise.all(
      pie.targets!.map(async ({ expr }) =>
        total(await prometheus.query(expr.replaceAll("$__range", "10m").replaceAll("$stage", ".*"))),
      ),
    );
    expect(near(shares[0]!, ends.succeeded)).toBe(true);
    expect(near(shares[1]!, ends.failed - ends.rejected)).toBe(true);
    expect(shares.slice(2)).toEqual([1, 0]);
  });

  it("evaluates every recording rule", async () => {
    for (const rule of [
      "name:penstock_task_failed:rate5m",
      "penstock:task_failures:increase5m",
      "penstock:task_success:ratio15m",
    ])
      await eventually(`${rule} above zero`, async () => (await sumOf(rule)) > 0, 60_000);
  }, 500_000);

  it("fires what should fire after this load, and nothing else", async () => {
    for (const alert of [
      "PenstockManyFailures",
      "PenstockLowSuccessRate",
      "PenstockDeadLetters",
      "PenstockBacklogWithoutWorkers",
    ])
      await fires(alert);
    await expect.poll(async () => [...(await prometheus.firing())], { timeout: PATIENCE_MS }).toHaveLength(4);
  }, 500_000);

  it("clears when the dead letters are dropped and the backlog is gone", async () => {
    await bus.jsm.streams.purge("DEAD");
    await bus.jsm.streams.purge("DIAGRAM");
    await fires("PenstockDeadLetters", false);
    await fires("PenstockBacklogWithoutWorkers", false);
  }, 500_000);

  it("fires while the exporter is away, and not because it came back with the same counts", async () => {
    const { port } = new URL(exporter.url);
    await exporter.close();
    await fires("PenstockExporterStale");
    exporter = await exportOn(Number(port));
    await fires("PenstockExporterStale", false);
    const resets =
      "sum(resets(penstock_task_failed_total[5m])) + sum(resets(penstock_task_started_total[5m]))";
    expect(await sumOf(resets)).toBe(0);
    expect(await sumOf("penstock_task_failed_total")).toBe(ends.failed);
  }, 500_000);
});
