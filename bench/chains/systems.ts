import { type ChildProcess, fork, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectBus, reconcileTopology } from "#shared/bus";
import { startNatsServer } from "#shared/nats-server";
import { bullmqDriver } from "./bullmq-driver.ts";
import { type ChainFigures, measure } from "./driver.ts";
import { natsDriver } from "./nats-driver.ts";
import { chainPipeline } from "./pipeline.ts";

/** How much to run of each system in one round. */
export interface Load {
  single: number;
  many: number;
  inFlight: number;
}

/** A system under test: started fresh for every round, and gone after it. */
export interface System {
  name: string;
  /** Why it cannot run here, or null. */
  missing(): string | null;
  round(load: Load): Promise<ChainFigures>;
}

const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";

function startWorker(name: string, argument: string): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL(`./${name}${extension}`, import.meta.url)), [argument], {
    env: { ...process.env, LOG_LEVEL: "fatal" },
  });
  return new Promise((resolve, reject) => {
    child.once("message", () => resolve(child));
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
  });
}

async function withNats(
  worker: string,
  prefix: string,
  processes: number,
  load: Load,
): Promise<ChainFigures> {
  const folder = mkdtempSync(join(tmpdir(), "penstock-bench-"));
  const server = await startNatsServer({ storeDir: folder, supervise: false });
  const bus = await connectBus({ url: server.url, name: "bench-setup" });
  await reconcileTopology(bus, [chainPipeline]);
  const workers = await Promise.all(Array.from({ length: processes }, () => startWorker(worker, server.url)));
  const driver = await natsDriver(server.url, prefix);
  try {
    return await measure(driver, load.single, load.many, load.inFlight);
  } finally {
    for (const child of workers) child.kill("SIGKILL");
    await driver.close();
    await bus.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const has = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** Redis as the replaced system ran it: append-only file, synced every second. */
async function withRedis<T>(use: (port: number) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "penstock-bench-redis-"));
  const port = await freePort();
  const redis = spawn(
    "redis-server",
    ["--port", String(port), "--dir", folder, "--appendonly", "yes", "--save", ""],
    {
      stdio: "ignore",
    },
  );
  try {
    while (!has("redis-cli", "-p", String(port), "ping"))
      await new Promise((resolve) => setTimeout(resolve, 50));
    return await use(port);
  } finally {
    redis.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

const needRedis = () =>
  has("redis-server", "--version") ? null : "redis-server is not installed (Debian package redis-server)";

export const bare: System = {
  name: "bare JetStream client",
  missing: () => null,
  round: (load) => withNats("bare-worker", "bare", 1, load),
};

export const penstock: System = {
  name: "Penstock",
  missing: () => null,
  round: (load) => withNats("penstock-worker", "chain", 1, load),
};

export const penstock2: System = {
  name: "Penstock, 2 processes",
  missing: () => null,
  round: (load) => withNats("penstock-worker", "chain", 2, load),
};

export const bullmq: System = {
  name: "BullMQ",
  missing: needRedis,
  round: (load) =>
    withRedis(async (port) => {
      const worker = await startWorker("bullmq-worker", String(port));
      const driver = await bullmqDriver(port);
      try {
        return await measure(driver, load.single, load.many, load.inFlight);
      } finally {
        worker.kill("SIGKILL");
        await driver.close();
      }
    }),
};

const PYTHON = "/usr/bin/python3";

export const celery: System = {
  name: "Celery (2 processes, prefetch 4)",
  missing: () =>
    needRedis() ??
    (has(PYTHON, "-c", "import celery, redis")
      ? null
      : "celery is not installed (Debian packages python3-celery, python3-redis)"),
  round: (load) =>
    withRedis(async (port) => {
      // The Python files are not compiled; they stay beside the sources.
      const folder = fileURLToPath(
        new URL(extension === ".ts" ? "." : "../../../bench/chains/", import.meta.url),
      );
      const env = { ...process.env, REDIS_PORT: String(port), PYTHONDONTWRITEBYTECODE: "1" };
      const worker = spawn(
        PYTHON,
        [
          "-m",
          "celery",
          "-A",
          "celery_app",
          "worker",
          "-c",
          "2",
          "--loglevel",
          "ERROR",
          "-E",
          "--without-mingle",
        ],
        { cwd: folder, env, stdio: "ignore", detached: true },
      );
      try {
        const driver = spawn(
          PYTHON,
          ["celery_drive.py", String(load.single), String(Math.ceil(load.many / 10)), String(load.inFlight)],
          { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] },
        );
        let out = "";
        for await (const chunk of driver.stdout) out += chunk;
        return JSON.parse(out) as ChainFigures;
      } finally {
        // The pool's processes are in the worker's group.
        process.kill(-worker.pid!, "SIGKILL");
      }
    }),
};
