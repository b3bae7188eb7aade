import { Socket } from "node:net";
import { connect } from "@nats-io/transport-node";
import { afterEach, expect, it, vi } from "vitest";
import { testServer } from "#test/nats";
import { Requests } from "./requests.ts";

afterEach(() => vi.restoreAllMocks());

/** Writes to sockets of this process that carry requests to `echo`. */
function watchWrites(): string[] {
  const seen: string[] = [];
  const original = Socket.prototype.write;
  vi.spyOn(Socket.prototype, "write").mockImplementation(function (this: Socket, ...args: unknown[]) {
    const [data] = args;
    if (data instanceof Uint8Array && Buffer.from(data).includes("PUB echo")) seen.push(String(data.length));
    return original.apply(this, args as Parameters<typeof original>);
  });
  return seen;
}

it("sends what one turn of the event loop asks for in one write, also what its continuations ask for", async () => {
  await using server = await testServer();
  const nc = await connect({ servers: server.url });
  const requests = new Requests(nc, "_INBOX");
  try {
    nc.subscribe("echo", { callback: (_, message) => void message.respond(message.data) });
    await nc.flush();
    const writes = watchWrites();
    const ask = async (text: string, waits: number) => {
      for (let i = 0; i < waits; i++) await null;
      return (await requests.request("echo", text, 10_000)).string();
    };
    expect(await Promise.all([ask("a", 0), ask("b", 3), ask("c", 30)])).toEqual(["a", "b", "c"]);
    expect(writes).toHaveLength(1);
  } finally {
    requests.close();
    await nc.close();
  }
});

it("refuses at once what can never be sent, and sends the rest of the turn", async () => {
  await using server = await testServer();
  const nc = await connect({ servers: server.url });
  const requests = new Requests(nc, "_INBOX");
  try {
    nc.subscribe("echo", { callback: (_, message) => void message.respond(message.data) });
    const tooLarge = requests.request("echo", new Uint8Array(2 * 1024 * 1024), 10_000);
    const small = requests.request("echo", "small", 10_000);
    await expect(tooLarge).rejects.toThrow(/max_payload/);
    expect((await small).string()).toBe("small");
  } finally {
    requests.close();
    await nc.close();
  }
});
