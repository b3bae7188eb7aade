import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Debian's Python, which has Celery. */
export const PYTHON = "/usr/bin/python3";

/** True when a program runs with these arguments. */
export const has = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;

/** Why Redis cannot run here, or null. */
export const needRedis = () =>
  has("redis-server", "--version") ? null : "redis-server is not installed (Debian package redis-server)";

/** Why Celery cannot run here, or null. */
export const needCelery = () =>
  needRedis() ??
  (has(PYTHON, "-c", "import celery, redis")
    ? null
    : "celery is not installed (Debian packages python3-celery, python3-redis)");

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** Redis as the replaced system ran it: append-only file, synced every second. */
export async function withRedis<T>(use: (port: number) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "penstock-bench-redis-"));
  const port = await freePort();
  const redis = spawn(
    "redis-server",
    ["--port", String(port), "--dir", folder, "--appendonly", "yes", "--save", ""],
    { stdio: "ignore" },
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

/** A Celery worker with two processes for `celery_app.py` of a folder; `run` drives it and prints JSON. */
export async function withCelery<T>(
  folder: string,
  port: number,
  script: string,
  args: string[],
): Promise<T> {
  const env = { ...process.env, REDIS_PORT: String(port), PYTHONDONTWRITEBYTECODE: "1" };
  const options = ["-A", "celery_app", "worker", "-c", "2", "--loglevel", "ERROR", "-E", "--without-mingle"];
  const stdio = "ignore" as const;
  const worker: ChildProcess = spawn(PYTHON, ["-m", "celery", ...options], {
    cwd: folder,
    env,
    stdio,
    detached: true,
  });
  try {
    const driver = spawn(PYTHON, [script, ...args], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    for await (const chunk of driver.stdout) out += chunk;
    return JSON.parse(out) as T;
  } finally {
    // The pool's processes are in the worker's group.
    process.kill(-worker.pid!, "SIGKILL");
  }
}
