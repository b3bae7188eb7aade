import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ensureNatsServer } from "./ensure.ts";
import { type Launched, launch } from "./launch.ts";
import { type NatsServerOptions, resolveOptions } from "./options.ts";

/** An embedded nats-server: a child process on loopback that lives as long as this object, and never longer than us. */
export interface NatsServer extends AsyncDisposable {
  /** `nats://127.0.0.1:<port>`; the same over restarts. */
  readonly url: string;
  readonly port: number;
  readonly monitorPort: number | undefined;
  /** Process id of the server that runs now; another one after a restart. */
  readonly pid: number;
  readonly storeDir: string;
  /** Ends it for good: TERM, and KILL when it has not gone after 10 s. Twice is harmless. */
  stop(): Promise<void>;
  /** Sends a signal to the running process and, when that ends it, waits for the end. Supervision then starts it again. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Stops it in order and starts it on the same port and store; resolves when it is ready. */
  restart(): Promise<void>;
  /** Resolves when a server is up, at once when one is; rejects when it was stopped for good. */
  ready(): Promise<void>;
}

const STOP_TIMEOUT_MS = 10_000;
const MAX_RESTART_DELAY_MS = 5000;
/** A server that lived this long is healthy: the next crash waits only the first delay again. */
const HEALTHY_AFTER_MS = 10_000;
/** Signals that leave the process alive. */
const HARMLESS = new Set<NodeJS.Signals>(["SIGSTOP", "SIGCONT", "SIGHUP", "SIGUSR1"]);

/**
 * Starts a nats-server with JetStream as a supervised child; resolves when it is ready for clients.
 * @throws FatalError when no server is found, it is too old, its store is in use, or it does not start.
 */
export async function startNatsServer(options: NatsServerOptions): Promise<NatsServer> {
  const binary = options.binary ?? (await ensureNatsServer()).path;
  const settings = resolveOptions({ ...options, storeDir: resolve(options.storeDir) }, binary);
  let current: Launched = await launch(settings);
  settings.port = current.port;
  if (settings.monitorPort !== undefined) settings.monitorPort = current.monitorPort;
  const stopping = new AbortController();
  /** Set while we end the process ourselves to start it again. */
  let replacing = false;
  let up: Promise<void> = Promise.resolve();

  const watch = (server: Launched) => {
    const startedAt = performance.now();
    void server.exited.then(({ code, signal }) => {
      const expected = stopping.signal.aborted || replacing;
      settings.onEvent?.({ type: "exited", pid: server.pid, code, signal, expected });
      if (expected || !settings.supervise) return;
      const healthy = performance.now() - startedAt > HEALTHY_AFTER_MS;
      up = bringBack(healthy);
      up.catch(() => {});
    });
  };
  let delayMs = settings.restartDelayMs;
  const bringBack = async (healthy: boolean) => {
    if (healthy) delayMs = settings.restartDelayMs;
    for (;;) {
      await delay(delayMs, undefined, { signal: stopping.signal });
      delayMs = Math.min(delayMs * 2, MAX_RESTART_DELAY_MS);
      try {
        await replaceWith(await launch(settings));
        settings.onEvent?.({ type: "restarted", pid: current.pid });
        return;
      } catch (error) {
        if (stopping.signal.aborted) throw error;
        settings.onEvent?.({ type: "restart-failed", message: (error as Error).message, nextInMs: delayMs });
      }
    }
  };
  /** Takes over a fresh process, or ends it at once when we were stopped while it started. */
  const replaceWith = async (server: Launched) => {
    current = server;
    watch(server);
    if (!stopping.signal.aborted) return;
    await end(server);
    throw new Error("the nats-server was stopped");
  };
  const stop = async () => {
    stopping.abort();
    await up.catch(() => {});
    await end(current);
  };
  watch(current);

  return {
    get url() {
      return `nats://127.0.0.1:${settings.port}`;
    },
    get port() {
      return settings.port;
    },
    get monitorPort() {
      return current.monitorPort;
    },
    get pid() {
      return current.pid;
    },
    storeDir: settings.storeDir,
    stop,
    kill: async (signal = "SIGKILL") => {
      current.child.kill(signal);
      if (!HARMLESS.has(signal)) await current.exited;
    },
    restart: async () => {
      await up;
      replacing = true;
      try {
        await end(current);
        up = launch(settings).then(replaceWith);
        await up;
      } finally {
        replacing = false;
      }
    },
    ready: () => (stopping.signal.aborted ? Promise.reject(new Error("the nats-server was stopped")) : up),
    [Symbol.asyncDispose]: stop,
  };
}

async function end(server: Launched): Promise<void> {
  server.child.kill("SIGTERM");
  const kill = setTimeout(() => server.child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await server.exited;
  clearTimeout(kill);
}
