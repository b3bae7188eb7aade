import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packageFolder } from "../package-folder.ts";
import { checkDataFolder } from "./data-trouble.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "penstock-disk-"));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

const ROOT = packageFolder().pathname;
const isRoot = process.getuid?.() === 0;
/** A namespace of its own, where anybody may mount a small disk. */
const MOUNTS = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
if (!MOUNTS) console.warn("no disk of its own can be mounted here: a full one is not tested");

/** `penstock up` in a shell, `$UP` with its data folder behind it; what it ended with and what it said. */
async function up(script: string): Promise<{ code: number | null; said: string }> {
  const { NATS_URL: _none, ...env } = process.env;
  const UP = `${process.execPath} --import tsx cli/main.ts up --port 0 --nats-port 0 --data`;
  const [program, args] = MOUNTS ? ["unshare", ["-rm", "sh", "-c", script]] : ["sh", ["-c", script]];
  const child = spawn(program as string, args as string[], {
    cwd: ROOT,
    env: { ...env, UP, D: folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  return { code, said };
}

/** The same for every trouble: one line, no stack. */
const oneSentence = (said: string) => {
  const lines = said.split("\n").filter((line) => line.startsWith("penstock:"));
  expect(lines).toHaveLength(1);
  expect(said).not.toMatch(/^ +at /m);
  return lines[0];
};

test("a file where the folder should be is one sentence, with its path and what to do", async () => {
  await writeFile(join(folder, "data"), "");
  const { code, said } = await up("$UP $D/data");
  expect(code).toBe(78);
  expect(oneSentence(said)).toMatch(
    /nothing can be kept in \S+\/data: .* free there.*--data \[DATA_FOLDER_UNUSABLE\]$/,
  );
});

test.skipIf(!MOUNTS)(
  "a full disk is one sentence, with the room there is and the room it needs",
  async () => {
    const mount = "mount -t tmpfs -o size=1m tmpfs $D";
    const almost = await up(`${mount} && exec $UP $D/data`);
    expect(almost.code).toBe(78);
    expect(oneSentence(almost.said)).toMatch(/has 1\.0 MB free, and a start needs 64\.0 MB.*\[DISK_FULL\]$/);
    const full = await up(`${mount} && head -c 2m /dev/zero > $D/big; mkdir $D/data && exec $UP $D/data`);
    expect(full.code).toBe(78);
    expect(oneSentence(full.said)).toMatch(/has 0 B free, .*\[DISK_FULL\]$/);
  },
);

test.skipIf(!MOUNTS)("a disk that is mounted for reading only is named as such", async () => {
  const { code, said } = await up("mount -t tmpfs -o ro,size=1m tmpfs $D && exec $UP $D/data");
  expect(code).toBe(78);
  expect(oneSentence(said)).toMatch(/read-only file system.*\[DATA_FOLDER_UNUSABLE\]$/);
});

test.skipIf(isRoot)("a folder of somebody else is named as such", async () => {
  await mkdir(join(folder, "data"));
  await chmod(join(folder, "data"), 0o555);
  const trouble = expect.objectContaining({
    code: "DATA_FOLDER_UNUSABLE",
    message: expect.stringContaining("permission denied"),
  });
  expect(() => checkDataFolder(join(folder, "data"))).toThrow(trouble);
});
