import { fork } from "node:child_process";
import { createServer, type Socket, connect as tcp } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { connectBus, reconcileTopology } from "#shared/bus";
import { eventually, testServer } from "#test/nats";
import { toyPipeline } from "#test/toy/pipeline";
import { begin, bodyOf } from "#test/toy/start";

/** A way to a server that is cut after so many requests of the first connections, and then holds. */
async function shakyWay(port: number, cuts: number[]) {
  const sockets = new Set<Socket>();
  const proxy = createServer((socket) => {
    const server = tcp(port, "127.0.0.1");
    const cut = cuts.shift();
    let requests = 0;
    for (const [from, to] of [
      [socket, server],
      [server, socket],
    ] as const) {
      sockets.add(from);
      from.on("error", () => {}).on("close", () => to.destroy());
      from.on("data", (bytes: Buffer) => {
        if (from === socket) requests += bytes.toString("latin1").split(/\r\nH?PUB |^H?PUB /).length - 1;
        // The server is gone with the question: nobody answers it any more.
        if (cut !== undefined && requests > cut) return socket.destroy();
        to.write(bytes);
      });
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    url: `nats://127.0.0.1:${(proxy.address() as { port: number }).port}`,
    left: () => cuts.length,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}

it("starts while NATS comes and goes: no request that nobody answers ends the process", async () => {
  await using server = await testServer();
  await using bus = await connectBus({ url: server.url, name: "test" });
  await reconcileTopology(bus, [toyPipeline]);
  await using way = await shakyWay(server.port, [0, 1, 2, 4, 6]);
  const program = fileURLToPath(import.meta.resolve("#test/toy/patient-worker"));
  const child = fork(program, [way.url], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let said = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const heard: unknown[] = [];
  child.on("message", (message) => heard.push(message));
  try {
    await eventually(
      "the workers are ready",
      () => {
        if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode}:\n${said}`);
        return heard.includes("ready");
      },
      120_000,
    );
    expect(way.left()).toBe(0);
    await begin(bus, "patient", {});
    expect(await eventually("its result", () => bodyOf(bus, "toy.finished.patient"))).toMatchObject({ n: 3 });
  } finally {
    child.kill("SIGKILL");
  }
}, 180_000);
