import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectBus, openObjects, publishMessage, reconcileTopology } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { TaskEvents } from "#shared/messages";
import { startNatsServer } from "#shared/nats-server";
import { Herd } from "./herd.ts";
import { chaosPipeline } from "./pipeline.ts";
import { type Sums, sums } from "./sums.ts";

const STEPS = ["received", "handled", "published", "acked"];

export interface ChaosReport extends Sums {
  submitted: number;
  kills: Record<string, number>;
  /** Workers that died exactly at each step boundary. */
  diedAt: Record<string, number>;
  /** Executions that found their result stored already, and acked. */
  skipped: number;
  redelivered: number;
  seconds: number;
}

export interface ChaosOptions {
  diagrams: number;
  /** Worker processes, each with every stage. */
  workers: number;
  /** Killing goes on until at least this many of each kind died. */
  killsOfEach: number;
  log?: (line: string) => void;
}

/**
 * Submits diagrams while workers, tracker, gateway and nats-server are killed with SIGKILL, then lets the system come to
 * rest and counts. One in ten diagrams waits for a person, fails for good, fails every time, or is unreadable.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const started = Date.now();
  const log = options.log ?? (() => {});
  const folder = await mkdtemp(join(tmpdir(), "penstock-chaos-"));
  const server = await startNatsServer({ storeDir: join(folder, "nats"), supervise: true });
  const bus = await connectBus({ url: server.url, name: "chaos-suite" });
  await reconcileTopology(bus, [chaosPipeline]);
  const inbox = await openObjects(bus, "inbox");
  await inbox.putBlob({ name: "sheet.png" }, new TextEncoder().encode("a sheet"));
  const env = { NATS_URL: server.url, LOG_LEVEL: "fatal" };
  const memory = join(folder, "died-at");
  const herd = new Herd();
  try {
    for (let i = 0; i < options.workers; i++)
      herd.add({
        name: `worker-${i}`,
        module: new URL("./worker.ts", import.meta.url),
        // Each life dies at the next boundary; the mean keeps it alive long enough to do some work.
        args: (life) => [server.url, STEPS[(i + life) % STEPS.length]!, String(40 + 40 * life), memory],
        env,
      });
    herd.add({
      name: "tracker",
      module: new URL("../../../services/tracker/index.ts", import.meta.url),
      env: { ...env, TRACKER_DB_PATH: join(folder, "history.db") },
    });
    herd.add({
      name: "gateway",
      module: new URL("../../../services/gateway/index.ts", import.meta.url),
      env: { ...env, GATEWAY_PORT: "0" },
    });

    const kills: Record<string, number> = { nats: 0 };
    let submitted = 0;
    const deaths = async () => (await readFile(memory, "utf8").catch(() => "")).split("\n");
    const unseen = async () => {
      const seen = new Set(await deaths());
      return submitted < 3 * options.diagrams ? STEPS.filter((step) => !seen.has(step)) : [];
    };
    const submitting = (async () => {
      // Work goes on until death came at every boundary, or the suite would end on what merely happened.
      for (; submitted < options.diagrams || (await unseen()).length > 0; submitted++) {
        await submit(bus, submitted);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    const killed = (kind: string) =>
      kind === "nats"
        ? (kills.nats ?? 0)
        : [...herd.deaths]
            .filter(([name]) => name.startsWith(kind))
            .reduce((sum, [, count]) => sum + count, 0);
    const kinds = ["worker", "tracker", "gateway", "nats"];
    while (submitted < options.diagrams || kinds.some((kind) => killed(kind) < options.killsOfEach)) {
      await new Promise((resolve) => setTimeout(resolve, 700));
      const kind = kinds[Math.floor(Math.random() * kinds.length)]!;
      if (kind === "nats") {
        if (killed("nats") >= options.killsOfEach) continue;
        kills.nats = (kills.nats ?? 0) + 1;
        server.kill("SIGKILL");
      } else {
        const victims = herd.names().filter((name) => name.startsWith(kind));
        const victim = victims[Math.floor(Math.random() * victims.length)];
        // Workers die by their own hand first, at the boundaries; from outside only after that.
        if (kind === "worker" && (await unseen()).length > 0) continue;
        if (victim && killed(kind) < 4 * options.killsOfEach) herd.kill(victim);
      }
      log(`killed ${kind}; submitted ${submitted} of ${options.diagrams}`);
    }
    await submitting;

    log("submitted everything; coming to rest");
    const deadline = Date.now() + 300_000;
    let last = await patiently(() => sums(bus));
    while ((last.under_way.length > 0 || last.accepted < submitted) && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      last = await patiently(() => sums(bus));
    }
    for (const [name, count] of herd.deaths)
      kills[name.replace(/-\d+$/, "")] = (kills[name.replace(/-\d+$/, "")] ?? 0) + count;
    const told = await countEvents(bus);
    const lines = await deaths();
    const diedAt = Object.fromEntries(
      STEPS.map((step) => [step, lines.filter((line) => line === step).length]),
    );
    return { ...last, submitted, ...told, kills, diedAt, seconds: (Date.now() - started) / 1000 };
  } finally {
    await herd[Symbol.asyncDispose]();
    await bus.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function submit(bus: Parameters<typeof publishMessage>[0], n: number): Promise<void> {
  const uid = `d${n}`;
  if (n % 50 === 7) {
    // Unreadable: what a broken client sends.
    await patiently(() =>
      bus.js.publish(`diagram.uploaded.${uid}`, new Uint8Array([0xc1, n & 255]), { msgID: uid }),
    );
    return;
  }
  const meta =
    n % 10 === 3
      ? { waitAt: ["gate-annotation", "gate-masks", "gate-graph"][n % 3] }
      : n % 25 === 4
        ? { fail: "permanent", at: "segment" }
        : n % 50 === 9
          ? { fail: "always", at: "build" }
          : {};
  await patiently(() =>
    publishMessage(bus, chaosPipeline, {
      type: "diagram.uploaded",
      id: uid,
      body: { uid, object: "inbox/sheet.png", meta },
    }),
  );
}

/** Asks again while the server is away: "accepted" begins with its answer. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function countEvents(bus: Parameters<typeof publishMessage>[0]) {
  const counts = { skipped: 0, redelivered: 0 };
  const { state } = await bus.jsm.streams.info("TASKS");
  for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
    const message = await bus.jsm.streams.getMessage("TASKS", { seq }).catch(() => null);
    if (!message?.subject.startsWith("task.events.")) continue;
    for (const event of TaskEvents.parse(decodeBody(message.data)).events) {
      if (event.kind === "skipped") counts.skipped++;
      if (event.kind === "redelivered") counts.redelivered++;
    }
  }
  return counts;
}
