import { afterAll, beforeAll } from "vitest";
import { type Bus, connectBus, reconcileTopology } from "#shared/bus";
import type { NatsServer } from "#shared/nats-server";
import { testServer } from "#test/nats";

/** A server of a file's own, and a connection to it. */
export interface OwnBus {
  server: NatsServer;
  bus: Bus;
}

/**
 * Before the tests of a file: a server with what some pipelines need, and a connection to it. After them both go, also when
 * `ready` fails.
 *
 *     let bus: Bus;
 *     withBus(PIPELINES, (own) => {
 *       ({ bus } = own);
 *     });
 */
export function withBus(
  pipelines: Parameters<typeof reconcileTopology>[1],
  ready: (own: OwnBus) => void | Promise<void>,
): void {
  let server: NatsServer | undefined;
  let bus: Bus | undefined;
  beforeAll(async () => {
    server = await testServer();
    bus = await connectBus({ url: server.url, name: "test" });
    await reconcileTopology(bus, pipelines);
    await ready({ server, bus });
  });
  afterAll(async () => {
    await bus?.close();
    await server?.[Symbol.asyncDispose]();
  });
}
