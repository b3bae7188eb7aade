import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packageFolder } from "../package-folder.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "penstock-up-"));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

/** Starts `penstock up` on free ports and waits until it says where it is. */
async function up(args: string[] = [], env: Record<string, string> = {}) {
  const main = new URL("cli/main.ts", packageFolder()).pathname;
  const { NATS_URL: _none, ...rest } = process.env;
  const child = spawn(
    process.execPath,
    ["--import", "tsx", main, "up", "--json", "--data", folder, "--port", "0", "--nats-port", "0", ...args],
    { cwd: packageFolder(), env: { ...rest, ...env }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = once(child, "close") as Promise<[number | null]>;
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) throw new Error(`up ended at once: ${child.stderr.read()}`);
  return {
    child,
    ended,
    lines,
    ...(JSON.parse(first.value) as { url: string; natsUrl: string; pid: number }),
  };
}

/** True while something listens at an address. */
const answers = (url: string) =>
  fetch(url.replace("nats:", "http:")).then(
    () => true,
    (error) => !/ECONNREFUSED/.test(String(error.cause?.code ?? error.cause)),
  );

test("one command brings up everything; a bad drawing ends in error; Ctrl-C stops all of it", async () => {
  const running = await up();
  const ready = await fetch(`${running.url}/readyz`);
  expect(await ready.json()).toMatchObject({
    status: "ready",
    checks: { nats: "ok", DIAGRAM: "ok", tracker: "ok" },
  });
  const { queues } = await (await fetch(`${running.url}/api/queues`)).json();
  await expect
    .poll(async () => {
      const { workers } = await (await fetch(`${running.url}/api/v1/workers`)).json();
      return workers.length;
    })
    .toBe(queues.length);

  const sent = await fetch(`${running.url}/api/diagrams?name=notes.txt`, {
    method: "POST",
    body: "no drawing at all",
  });
  const { links } = await sent.json();
  await expect
    .poll(async () => (await (await fetch(running.url + links.self)).json()).state, { timeout: 60_000 })
    .toBe("error");
  const { error } = await (await fetch(running.url + links.self)).json();
  expect(error).toMatchObject({ stage: "ingest", code: expect.stringMatching(/^[A-Z_]+$/) });

  running.child.kill("SIGINT");
  expect((await running.ended)[0]).toBe(0);
  expect(existsSync(join(folder, "up.json"))).toBe(false);
  expect(await answers(running.natsUrl)).toBe(false);
});

test("what was handed in before a stop is still there after a start", async () => {
  const first = await up();
  const sent = await fetch(`${first.url}/api/diagrams?uid=kept-1`, { method: "POST", body: "no drawing" });
  expect(sent.status).toBe(202);
  first.child.kill("SIGTERM");
  expect((await first.ended)[0]).toBe(0);

  const second = await up();
  await expect
    .poll(async () => (await (await fetch(`${second.url}/api/diagrams/kept-1`)).json()).state, {
      timeout: 60_000,
    })
    .toBe("error");
  second.child.kill("SIGINT");
  expect((await second.ended)[0]).toBe(0);
});

test("a gateway that would be open to others without a token is refused, and nothing is left running", async () => {
  const main = new URL("cli/main.ts", packageFolder()).pathname;
  const child = spawn(
    process.execPath,
    ["--import", "tsx", main, "up", "--data", folder, "--host", "0.0.0.0", "--port", "0", "--nats-port", "0"],
    { cwd: packageFolder(), stdio: ["ignore", "ignore", "pipe"] },
  );
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  expect((await once(child, "close"))[0]).toBe(78);
  expect(err).toContain("GATEWAY_NEEDS_TOKEN");
});
