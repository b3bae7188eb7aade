import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/nats";
import { ensureNatsServer } from "./ensure.ts";
import { findNatsServer } from "./find.ts";

/** An executable that is a nats-server as far as `--version` goes. */
async function serverSaying(version: string, path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho "nats-server: v${version}"\n`);
  await chmod(path, 0o755);
  return path;
}

test("NATS_SERVER_BIN is taken before everything else", async () => {
  await using folder = await temporaryFolder();
  const path = await serverSaying("2.14.2", join(folder.path, "my-server"));
  const { found } = await findNatsServer({ ...process.env, NATS_SERVER_BIN: path });
  expect(found).toEqual({ path, version: "2.14.2", source: "NATS_SERVER_BIN" });
});

test("a NATS_SERVER_BIN that is too old ends in one sentence and is not replaced by another server", async () => {
  await using folder = await temporaryFolder();
  const path = await serverSaying("2.9.10", join(folder.path, "my-server"));
  await expect(ensureNatsServer({ env: { ...process.env, NATS_SERVER_BIN: path } })).rejects.toMatchObject({
    code: "NATS_SERVER_TOO_OLD",
    exitCode: 78,
    message: `nats-server 2.9.10 at ${path} is too old: Penstock needs 2.14.0 or newer (message scheduler with cron).`,
  });
});

test("a NATS_SERVER_BIN that does not run ends in one sentence", async () => {
  await expect(findNatsServer({ NATS_SERVER_BIN: "/nowhere/nats-server" })).rejects.toMatchObject({
    code: "NATS_SERVER_BIN_UNUSABLE",
  });
});

test("a server in PATH that is too old is passed over for the cached one", async () => {
  await using folder = await temporaryFolder();
  const old = await serverSaying("2.10.0", join(folder.path, "bin", "nats-server"));
  const cached = await serverSaying("2.14.1", join(folder.path, "home", "bin", "nats-server"));
  const env = { PATH: dirname(old), PENSTOCK_HOME: join(folder.path, "home") };
  const { found, refused } = await findNatsServer(env, []);
  expect(found).toEqual({ path: cached, version: "2.14.1", source: "cache" });
  expect(refused).toEqual([expect.stringContaining(`nats-server 2.10.0 at ${old} is too old`)]);
});

test("folders that are not in PATH are looked into before the cache", async () => {
  await using folder = await temporaryFolder();
  const installed = await serverSaying("2.14.3", join(folder.path, "sbin", "nats-server"));
  await serverSaying("2.14.1", join(folder.path, "home", "bin", "nats-server"));
  const env = { PATH: "", PENSTOCK_HOME: join(folder.path, "home") };
  const { found } = await findNatsServer(env, [dirname(installed)]);
  expect(found).toEqual({ path: installed, version: "2.14.3", source: "PATH" });
});
