import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeBody } from "#shared/codec";
import { Graph, type TaskEvent, TaskEvents } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { eventually, testServer } from "#test/nats";
import { Crew } from "./stack/crew.ts";
import { deadOf, eventsOf, taskEvents } from "./stack/events.ts";
import { askServices, getObject, publishJson, putObject } from "./stack/plain-client.ts";
import { executorsOf, isAlive } from "./stack/processes.ts";
import { runProgram } from "./stack/program.ts";
import { sheetPng } from "./stack/sheet.ts";

/** Services as they run in production, each its own process: those that compute longest in two replicas. */
const REPLICAS = {
  ingest: 1,
  detect: 2,
  gates: 1,
  segment: 2,
  skeletonize: 1,
  junctions: 1,
  graph: 1,
  export: 1,
};
const SEEDS = [31, 32, 33, 34, 35];
/** Lease of a task: a dead worker's task starts elsewhere when it has run out. */
const LEASE_MS = diagramPipeline.stages.segment.ackWaitMs;
const PATIENCE_MS = 240_000;

/** What is killed, the first time a task of the stage is seen to run, in this order. */
const KILLS: { stage: keyof typeof diagramPipeline.stages; victim: "worker" | "executor" }[] = [
  { stage: "detect", victim: "worker" },
  { stage: "segment", victim: "executor" },
  { stage: "segment", victim: "worker" },
  { stage: "skeletonize", victim: "worker" },
  { stage: "classify", victim: "worker" },
  { stage: "build", victim: "worker" },
];

interface Death {
  stage: keyof typeof diagramPipeline.stages;
  victim: "worker" | "executor";
  task: string;
  pid: number;
  executors: number[];
  at: number;
}

let server: Awaited<ReturnType<typeof testServer>>;
let nc: NatsConnection;
const crew = new Crew();
const sheets = new Map<number, Uint8Array>();
const deaths: Death[] = [];

beforeAll(async () => {
  server = await testServer({ supervise: true });
  const env = { NATS_URL: server.url, LOG_LEVEL: "error", WORKER_EXECUTORS: "1", STOP_GRACE_MS: "0" };
  expect(await runProgram("dist/deploy/apply-topology.js", { env })).toMatchObject({ code: 0 });
  for (const [service, count] of Object.entries(REPLICAS))
    for (let n = 1; n <= count; n++)
      crew.add(`${service}-${n}`, `dist/services/${service}/index.js`, { env });
  nc = await connect({ servers: server.url });
  for (const seed of SEEDS) {
    const { png } = await sheetPng(seed, 1200, 900);
    sheets.set(seed, png);
    await putObject(nc, `s${seed}.png`, png);
  }
  const workers = Object.values(REPLICAS).reduce((sum, count) => sum + count, 0) + 2 + 1;
  await eventually(
    "every worker is there",
    async () => (await askServices(nc, "$SRV.PING")).length === workers,
    120_000,
  );
});

afterAll(async () => {
  await crew[Symbol.asyncDispose]();
  await nc?.close();
  await server?.[Symbol.asyncDispose]();
});

const submit = (uid: string, seed: number) =>
  publishJson(nc, `diagram.uploaded.${uid}`, { object: `inbox/s${seed}.png` });

async function completed(uid: string) {
  const events = await eventually(
    `${uid} is completed`,
    async () => {
      const all = await eventsOf(nc, uid);
      const failed = all.find(({ type }) => type === "diagram.failed");
      if (failed) throw new Error(`${uid} failed: ${JSON.stringify(failed.body)}`);
      return all.at(-1)?.type === "diagram.completed" ? all : undefined;
    },
    PATIENCE_MS,
  );
  const { bucket, key } = events.at(-1)!.body.artifacts["graph.json"];
  const bytes = await getObject(nc, bucket, key);
  const { sheet, ...graph } = Graph.parse(JSON.parse(new TextDecoder().decode(bytes!)));
  expect(sheet.uid).toBe(uid);
  return { types: events.map(({ type }) => type), graph };
}

/** Kills, once each, in the middle of a task: as soon as the worker says it has started. */
function armKills(): void {
  const left = [...KILLS];
  nc.subscribe("task.events.>", {
    callback: (_, message) => {
      for (const event of TaskEvents.parse(decodeBody(message.data)).events) {
        const at = left.findIndex(({ stage }) => event.kind === "started" && stage === event.stage);
        const death = at < 0 ? undefined : strike(left[at]!, event);
        if (!death) continue;
        const [kill] = left.splice(at, 1);
        void wasOver(death).then((over) => over && left.push(kill!));
      }
    },
  });
}

/** Kills the worker or its executor; undefined when that worker is dead already. */
function strike({ stage, victim }: (typeof KILLS)[number], event: TaskEvent): Death | undefined {
  // The id of a worker ends in its process id and a nonce.
  const worker = Number(event.worker?.split("-").at(-2));
  const executors = executorsOf(worker);
  const pid = victim === "worker" ? worker : executors[0];
  if (!pid || !crew.pids().includes(worker)) return undefined;
  process.kill(pid, "SIGKILL");
  const death = { stage, victim, task: event.task, pid, executors, at: Date.now() };
  deaths.push(death);
  return death;
}

/** When the killed task's result was stored, ms since the epoch; undefined while it is not. */
async function resultAt({ stage, task }: Death): Promise<number | undefined> {
  const { gives } = diagramPipeline.stages[stage] as { gives: readonly string[] };
  return (await eventsOf(nc, task.split(".")[1]!)).find(({ type }) => gives.includes(type))?.at;
}

/** True when a short task was over before the signal arrived: the next of its stage is struck too. */
const wasOver = async (death: Death) => ((await resultAt(death)) ?? Number.POSITIVE_INFINITY) <= death.at;

/** How long the slowest attempt of a stage computed, ms. */
const longestOf = (stage: string, events: TaskEvent[]): number =>
  Math.max(0, ...events.filter((event) => event.stage === stage).map(({ runtimeMs }) => runtimeMs ?? 0));

const undisturbed = new Map<number, unknown>();

it("services that run apart, alone or in replicas, read five sheets", async () => {
  for (const seed of SEEDS) await submit(`calm-${seed}`, seed);
  for (const seed of SEEDS) {
    const { graph } = await completed(`calm-${seed}`);
    expect(graph.nodes.length).toBeGreaterThan(3);
    undisturbed.set(seed, graph);
  }
});

describe("ten sheets while workers and executors are killed in the middle of their work", () => {
  const runs = SEEDS.flatMap((seed) => [`storm-${seed}-a`, `storm-${seed}-b`].map((uid) => ({ uid, seed })));

  it("are all completed, every event once, with the same graphs as if nothing had happened", async () => {
    armKills();
    for (const { uid, seed } of runs) await submit(uid, seed);
    for (const { uid, seed } of runs) {
      const { types, graph } = await completed(uid);
      expect(types, uid).toHaveLength(12);
      expect(new Set(types).size, uid).toBe(12);
      expect(await deadOf(nc, uid), uid).toEqual([]);
      expect(graph, uid).toEqual(undisturbed.get(seed));
    }
    const named = (kills: typeof KILLS) => new Set(kills.map(({ stage, victim }) => `${stage} ${victim}`));
    expect(named(deaths)).toEqual(named(KILLS));
  });

  it("a killed worker's task began elsewhere when its lease had run out, a killed executor's after a pause", async () => {
    const events = await taskEvents(nc);
    let midway = 0;
    for (const death of deaths) {
      const { stage, victim, task, at } = death;
      const { service } = diagramPipeline.stages[stage] as { service: keyof typeof REPLICAS };
      // A short task may be over before the signal arrives: nothing had to begin again.
      if (await wasOver(death)) continue;
      midway++;
      const after = events.filter((event) => event.task === task && event.at >= at);
      const told = `${victim} of ${stage} at ${task}: ${after.map(({ kind }) => kind)}`;
      if (victim === "executor") {
        expect(after.find(({ kind }) => kind === "retried")?.error?.code, told).toBe("EXECUTOR_DIED");
        continue;
      }
      const taken = after.find(({ kind }) => kind === "received" || kind === "skipped");
      expect(taken, told).toBeDefined();
      expect(taken!.worker, told).not.toContain(`-${deaths.find((death) => death.task === task)!.pid}-`);
      // Where a replica lives on, the lease is all there is to wait for; twice that leaves it time to finish another sheet.
      if (REPLICAS[service] > 1)
        expect(taken!.at - at, told).toBeLessThan(
          LEASE_MS + Math.max(LEASE_MS, 2 * longestOf(stage, events)),
        );
    }
    expect(midway).toBeGreaterThanOrEqual(3);
  });

  it("no executor outlived its worker", () => {
    for (const { executors } of deaths) expect(executors.filter(isAlive)).toEqual([]);
  });
});
