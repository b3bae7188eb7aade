import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Bus, connectBus, reconcileTopology } from "#shared/bus";
import type { NatsServer } from "#shared/nats-server";
import { eventually } from "#test/nats";
import { declareFan } from "./pipeline.ts";
import { ask, fanBody } from "./start.ts";

export interface ChaosOptions {
  runs: number;
  /** Ms between two kills of a process. */
  killEveryMs: number;
  /** Times the server is killed and started again. */
  serverKills: number;
  /** Give up after this, ms. */
  timeoutMs: number;
}

export interface ChaosFigures {
  runs: number;
  /** Runs whose join fired exactly once, with the right sum, called back once. */
  exact: number;
  /** Messages that fired a join, over all runs. */
  firings: number;
  failed: number;
  deadLetters: number;
  processKills: number;
  serverKills: number;
  seconds: number;
}

const PARTS = 5;
const KILL_EVERY_RUNS = 4;
/** Trainers, and two aggregators that share the deliveries. */
const PROCESSES = ["fan-plan,fan-work", "fan-work", "fan-join,fan-sum", "fan-join,fan-sum"];

/** Processes that are started again whenever they are gone. */
class Workers {
  readonly #children = new Map<string, ChildProcess>();
  readonly #ready = new Set<ChildProcess>();
  readonly #url: string;
  #ended = false;
  deaths = 0;

  constructor(url: string) {
    this.#url = url;
    for (const [index, stages] of PROCESSES.entries()) this.#start(`${index}`, stages);
  }

  /** SIGKILL to one that works; one that is still starting would only cost time. @returns whether there was one */
  killOne(): boolean {
    const all = [...this.#ready];
    const one = all[Math.floor(Math.random() * all.length)];
    return one?.kill("SIGKILL") ?? false;
  }

  end(): void {
    this.#ended = true;
    for (const child of this.#children.values()) child.kill("SIGKILL");
  }

  #start(name: string, stages: string): void {
    const child = fork(fileURLToPath(new URL("./worker.ts", import.meta.url)), [this.#url, stages], {
      execArgv: ["--import", "tsx"],
      env: { ...process.env, LOG_LEVEL: "fatal" },
    });
    this.#children.set(name, child);
    child.once("message", () => this.#ready.add(child));
    child.once("exit", () => {
      this.#ready.delete(child);
      if (this.#ended) return;
      this.deaths++;
      this.#start(name, stages);
    });
  }
}

/** Runs fan-outs while workers, aggregators and the server are killed, then counts what came of each. */
export async function chaos(server: NatsServer, options: ChaosOptions): Promise<ChaosFigures> {
  const pipeline = declareFan("atomic", 60);
  const bus = await connectBus({ url: server.url, name: "chaos" });
  await reconcileTopology(bus, [pipeline]);
  const workers = new Workers(server.url);
  const began = Date.now();
  const names = Array.from({ length: options.runs }, (_, n) => `c${n}`);
  let serverKills = 0;
  const killing = setInterval(() => workers.killOne(), options.killEveryMs);
  try {
    for (const [n, uid] of names.entries()) {
      const pieces = Object.fromEntries(
        Array.from({ length: PARTS }, (_, part) => [`p${part}`, { n: n * PARTS + part }] as const),
      );
      await ask(bus, pipeline, uid, { pieces, deadlineMs: 3_600_000 });
      // However fast the machine: some die while there is work.
      if (n % KILL_EVERY_RUNS === 0) await eventually("a worker to kill", () => workers.killOne(), 60_000);
      if ((n + 1) % Math.ceil(options.runs / (options.serverKills + 1)) === 0 && n + 1 < options.runs) {
        await server.kill("SIGKILL");
        await server.restart();
        serverKills++;
      }
    }
    const deadline = began + options.timeoutMs;
    while ((await total(bus, "fan.summed.*")).size < options.runs && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 250));
  } finally {
    clearInterval(killing);
    workers.end();
  }
  const [joined, summed] = await Promise.all([total(bus, "fan.joined.*"), total(bus, "fan.summed.*")]);
  let exact = 0;
  for (const [n, uid] of names.entries()) {
    const expected = Array.from({ length: PARTS }, (_, part) => n * PARTS + part).reduce((a, b) => a + b, 0);
    const body = await fanBody(bus, `fan.summed.${uid}`);
    const once = joined.get(`fan.joined.${uid}`) === 1 && summed.get(`fan.summed.${uid}`) === 1;
    if (once && body?.sum === expected) exact++;
  }
  const count = (counts: Map<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
  const figures = {
    runs: options.runs,
    exact,
    firings: count(joined),
    failed: (await total(bus, "fan.failed.*")).size,
    deadLetters: (await bus.jsm.streams.info("DEAD")).state.messages,
    processKills: workers.deaths,
    serverKills,
    seconds: (Date.now() - began) / 1_000,
  };
  await bus.close();
  return figures;
}

/** Messages by subject. */
async function total(bus: Bus, filter: string): Promise<Map<string, number>> {
  const { state } = await bus.jsm.streams.info("FAN", { subjects_filter: filter });
  return new Map(Object.entries(state.subjects ?? {}));
}
