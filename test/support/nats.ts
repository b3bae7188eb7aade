import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type NatsServer, type NatsServerOptions, startNatsServer } from "#shared/nats-server";

/** A temporary folder that is removed with its content when disposed. */
export async function temporaryFolder(
  prefix = "penstock-test-",
): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), prefix));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 }),
  };
}

/**
 * A real nats-server with JetStream for one test: free port, temporary store, both gone when disposed.
 * Unlike the embedded server of the product it stays down when a test kills it, unless `supervise` is asked for.
 *
 *     await using server = await testServer();
 *     const nc = await connect({ servers: server.url });
 */
export async function testServer(options: Partial<NatsServerOptions> = {}): Promise<NatsServer> {
  const folder = await temporaryFolder();
  try {
    const server = await startNatsServer({ supervise: false, storeDir: folder.path, ...options });
    const dispose = async () => {
      await server.stop();
      await folder[Symbol.asyncDispose]();
    };
    // The getters of `server` stay live through the prototype; only disposal is replaced.
    return Object.assign(Object.create(server), { [Symbol.asyncDispose]: dispose }) as NatsServer;
  } catch (error) {
    await folder[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * Awaits a condition instead of sleeping; gives back its first truthy value.
 * @throws Error with `what` in it when `timeoutMs` pass before that.
 */
export async function eventually<T>(
  what: string,
  condition: () => T | Promise<T>,
  timeoutMs = 120_000,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const asked = Date.now();
    const value = await condition();
    if (value) return value;
    const now = Date.now();
    if (now > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    // Asking must not take the machine from what is waited for: executors yield to everybody.
    const pauseMs = Math.min(250, Math.max(10, now - asked));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
