import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startTracker } from "#services/tracker";
import { connectBus, publishMessage, reconcileTopology } from "#shared/bus";
import { diagramPipeline, PIPELINES } from "#shared/pipeline";
import { startGateway } from "../services/gateway/start.ts";
import { testServer } from "./support/nats.ts";

test("the gateway's lists come from the tracker, filtered by query", async () => {
  const folder = await mkdtemp(join(tmpdir(), "penstock-lists-"));
  try {
    await using server = await testServer();
    await using bus = await connectBus({ url: server.url, name: "lists-test" });
    await reconcileTopology(bus, PIPELINES);
    await using _tracker = await startTracker({ bus, dbPath: join(folder, "history.db") });
    await using gateway = await startGateway({ bus, port: 0 });
    const body = { uid: "list-1", name: "Pump house", artifacts: {} };
    await publishMessage(bus, diagramPipeline, { type: "diagram.ingested", id: "list-1", body });

    const get = async (path: string) => {
      const response = await fetch(gateway.url + path);
      return { status: response.status, ...(await response.json()) };
    };
    const list = async (query: string) =>
      (await get(`/api/diagrams?${query}`)).runs?.map((run: { uid: string }) => run.uid);
    await expect.poll(() => list("q=pump"), { timeout: 60_000 }).toEqual(["list-1"]);
    expect(await list("q=pump&state=completed,error")).toEqual([]);
    expect(await list("state=ingested&state=error")).toEqual(["list-1"]);
    expect((await get("/api/overview?windowMs=60000")).runs.total).toBe(1);
    const since = Date.now() - 3_600_000;
    expect(await get(`/api/v1/tasks?from=${since}&limit=5&state=success`)).toMatchObject({
      status: 200,
      tasks: [],
    });
    expect(await get("/api/v1/tasks?q=%22open")).toMatchObject({ status: 400, code: "BAD_SEARCH" });
    expect(await get("/api/v1/tasks?state=asleep")).toMatchObject({ status: 400, code: "BAD_REQUEST" });
    expect(await get("/api/diagrams?limit=x")).toMatchObject({ status: 400, code: "BAD_REQUEST" });
    expect(await get("/api/tasks/detect.nobody")).toMatchObject({ status: 404, code: "TASK_NOT_FOUND" });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
