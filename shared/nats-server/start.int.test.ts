import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { expect, test } from "vitest";
import { eventually, temporaryFolder, testServer } from "#test/nats";
import { isAlive } from "./folder-lock.ts";
import type { NatsServerEvent } from "./options.ts";
import { probe } from "./probe.ts";
import { startNatsServer } from "./start.ts";
import { checkServer } from "./version.ts";

/** Stores one message in a new stream, as a client would. */
async function store(url: string, stream: string): Promise<void> {
  const nc = await connect({ servers: url });
  await (await jetstreamManager(nc)).streams.add({ name: stream, subjects: [`${stream}.>`] });
  await jetstream(nc).publish(`${stream}.a`, "kept");
  await nc.close();
}

/** Number of messages in a stream; -1 when there is no such stream. */
async function stored(url: string, stream: string): Promise<number> {
  const nc = await connect({ servers: url });
  try {
    return (await (await jetstreamManager(nc)).streams.info(stream)).state.messages;
  } catch {
    return -1;
  } finally {
    await nc.close();
  }
}

test("a started server is ready for JetStream on loopback, and nothing of it is left after disposal", async () => {
  let pid = 0;
  let storeDir = "";
  {
    await using server = await testServer();
    ({ pid, storeDir } = server);
    expect(server.url).toBe(`nats://127.0.0.1:${server.port}`);
    const nc = await connect({ servers: server.url });
    expect(() => checkServer(nc.info, server.url)).not.toThrow();
    await nc.close();
    await store(server.url, "A");
    expect(existsSync(join(storeDir, "jetstream"))).toBe(true);
  }
  expect(isAlive(pid)).toBe(false);
  expect(existsSync(storeDir)).toBe(false);
});

test("a crashed server comes back by itself on the same port with its data", async () => {
  const events: NatsServerEvent[] = [];
  await using server = await testServer({ supervise: true, onEvent: (event) => events.push(event) });
  await store(server.url, "A");
  const { url, pid } = server;
  await server.kill("SIGKILL");
  await server.ready();
  expect(server.url).toBe(url);
  expect(server.pid).not.toBe(pid);
  expect(isAlive(pid)).toBe(false);
  expect(await stored(url, "A")).toBe(1);
  expect(events).toEqual([
    { type: "exited", pid, code: null, signal: "SIGKILL", expected: false },
    { type: "restarted", pid: server.pid },
  ]);
});

test("it comes back after every one of several crashes", async () => {
  await using server = await testServer({ supervise: true, restartDelayMs: 5 });
  await store(server.url, "A");
  for (let i = 0; i < 4; i++) {
    await server.kill("SIGKILL");
    await server.ready();
  }
  expect(await stored(server.url, "A")).toBe(1);
});

test("restart keeps port and data", async () => {
  await using server = await testServer();
  await store(server.url, "A");
  const { url, pid } = server;
  await server.restart();
  expect(server.pid).not.toBe(pid);
  expect(await stored(url, "A")).toBe(1);
});

test("two servers run side by side and do not see each other", async () => {
  await using first = await testServer();
  await using second = await testServer();
  expect(first.port).not.toBe(second.port);
  await store(first.url, "ONLY_FIRST");
  expect(await stored(first.url, "ONLY_FIRST")).toBe(1);
  expect(await stored(second.url, "ONLY_FIRST")).toBe(-1);
});

test("a second server on the same store is refused", async () => {
  await using server = await testServer();
  await expect(startNatsServer({ storeDir: server.storeDir, startTimeoutMs: 200 })).rejects.toMatchObject({
    code: "NATS_STORE_IN_USE",
    message: expect.stringContaining(String(server.pid)),
  });
});

test("stopping while it is being restarted leaves no process", async () => {
  const events: NatsServerEvent[] = [];
  await using folder = await temporaryFolder();
  const server = await startNatsServer({
    storeDir: folder.path,
    restartDelayMs: 1,
    onEvent: (event) => events.push(event),
  });
  await server.kill("SIGKILL");
  await Promise.all([server.stop(), server.stop()]);
  expect(isAlive(server.pid)).toBe(false);
  await expect(server.ready()).rejects.toThrow(/stopped/);
  await expect(probe("127.0.0.1", server.port)).rejects.toThrow();
});

test("a configuration that the server refuses is one error with the server's own words", async () => {
  await expect(testServer({ config: { text: "max_connections: many" } })).rejects.toMatchObject({
    code: "NATS_START_FAILED",
    message: expect.stringMatching(/ended while starting: .*nats-server\.conf:1/),
  });
});

test("an old server that is told to start is refused before it serves anybody", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "old-server");
  await writeFile(path, '#!/bin/sh\necho "nats-server: v2.10.22"\n');
  await chmod(path, 0o755);
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", START], {
    env: { ...process.env, NATS_SERVER_BIN: path, STORE: join(folder.path, "store") },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  expect(code).toBe(78);
  expect(stderr).toContain(`nats-server 2.10.22 at ${path} is too old: Penstock needs 2.14.0 or newer`);
});

/** A parent process: starts a server, prints its pid, and stays. */
const START = `
  const { startNatsServer } = await import("./shared/nats-server/index.ts");
  try {
    const server = await startNatsServer({ storeDir: process.env.STORE });
    console.log(server.pid + " " + server.port);
    setInterval(() => {}, 1000);
  } catch (error) {
    console.error(error.message);
    process.exit(error.exitCode);
  }`;

test.each(["SIGKILL", "SIGTERM"] as const)(
  "a parent that ends by %s takes its server down with it",
  async (signal) => {
    await using folder = await temporaryFolder();
    const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", START], {
      env: { ...process.env, STORE: folder.path },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const line = await new Promise<string>((resolve) =>
      parent.stdout.setEncoding("utf8").once("data", resolve),
    );
    const [pid, port] = line.trim().split(" ").map(Number);
    expect((await probe("127.0.0.1", port!)).jetstream).toBe(true);
    parent.kill(signal);
    await eventually("the server ends", () => !isAlive(pid!));
  },
);

test("streams may be promised more than the disk has free: the machine's size does not decide whether it starts", async () => {
  await using server = await testServer();
  const nc = await connect({ servers: server.url });
  const { free } = await disk(server.storeDir);
  const { streams } = await jetstreamManager(nc);
  const config = { name: "LARGE", subjects: ["large"], max_bytes: Math.max(free, 2 ** 33) };
  expect((await streams.add(config)).config.max_bytes).toBe(config.max_bytes);
  await nc.close();
});

/** Bytes a folder's disk has free. */
async function disk(folder: string): Promise<{ free: number }> {
  const { bavail, bsize } = await statfs(folder);
  return { free: bavail * bsize };
}
