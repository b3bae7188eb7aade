import { fork } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "#test/nats";
import { runCommand } from "./run-command.ts";

const PATIENCE_MS = 120_000;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "penstock-run-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(script: string, options: Partial<Parameters<typeof runCommand>[0]> = {}) {
  const said: string[] = [];
  await runCommand({
    command: ["sh", "-c", script],
    signal: new AbortController().signal,
    limitMs: PATIENCE_MS,
    graceMs: 1_000,
    onLine: (line) => said.push(line),
    ...options,
  });
  return said;
}

/** Whether a process is there, and no zombie. */
async function alive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat !== "" && !/\) Z /.test(stat);
}
const pidIn = async (file: string) =>
  Number(await eventually("a process id", () => readFile(file, "utf8").catch(() => ""), PATIENCE_MS));
const gone = (pid: number) => eventually(`the end of ${pid}`, async () => !(await alive(pid)), PATIENCE_MS);

describe("an external trainer", { timeout: 300_000 }, () => {
  it("is heard on both its outputs, the last line without an end included", async () => {
    const said = await run("echo one; echo two >&2; printf 'ba\\rr'");
    expect(said.sort()).toEqual(["ba", "one", "r", "two"]);
  });

  it("knows no password of ours", async () => {
    const said = await run("env | grep -ci nats || true");
    expect(said).toEqual(["0"]);
  });

  it.each([
    ["exit 7", "TRAINER_FAILED", "permanent", /exit code 7/],
    ["kill -KILL $$", "TRAINER_KILLED", "retryable", /SIGKILL/],
  ])("that ends with `%s` has failed", async (script, code, kind, text) => {
    const error = await run(script).catch((caught) => caught);
    expect(error).toMatchObject({ code, kind });
    expect(error.message).toMatch(text);
  });

  it("that does not exist is named", async () => {
    await expect(run("", { command: ["/no/such/trainer"] })).rejects.toMatchObject({
      code: "TRAINER_NOT_STARTED",
    });
  });

  it("that hangs is killed with everything it has started", async () => {
    const file = join(folder, "hung.pid");
    const error = await run(`sh -c 'echo $$ > ${file}; trap "" TERM; sleep 1000 & wait; sleep 1000' & wait`, {
      limitMs: 5_000,
    }).catch((caught) => caught);
    expect(error).toMatchObject({ code: "TRAINER_TIMED_OUT", kind: "permanent" });
    await gone(await pidIn(file));
  });

  it("asked to stop may leave a checkpoint, and is killed when it takes too long over it", async () => {
    const stop = new AbortController();
    const ready = join(folder, "ready");
    const kept = join(folder, "kept");
    const running = run(
      `trap 'echo saved > ${kept}; exit 0' TERM; echo x > ${ready}; while :; do sleep 0.1; done`,
      {
        signal: stop.signal,
        graceMs: PATIENCE_MS,
      },
    ).catch((caught) => caught);
    await eventually("the trainer", () => readFile(ready, "utf8").catch(() => ""), PATIENCE_MS);
    stop.abort(new Error("the soft limit"));
    expect((await running).message).toBe("the soft limit");
    expect(await readFile(kept, "utf8")).toBe("saved\n");
    const deaf = new AbortController();
    const file = join(folder, "deaf.pid");
    const other = run(`trap '' TERM; echo $$ > ${file}; while :; do sleep 0.1; done`, {
      signal: deaf.signal,
      graceMs: 200,
    }).catch((caught) => caught);
    const pid = await pidIn(file);
    deaf.abort(new Error("revoked"));
    expect((await other).message).toBe("revoked");
    await gone(pid);
  });

  it("does not outlive an executor that is killed", async () => {
    const file = join(folder, "orphan.pid");
    const script = join(folder, "executor.mts");
    const module = join(import.meta.dirname, "run-command.ts");
    await writeFile(
      script,
      `import { runCommand } from ${JSON.stringify(module)};
       runCommand({ command: ["sh", "-c", "echo $$ > ${file}; sleep 1000"], signal: new AbortController().signal,
         limitMs: 1e6, graceMs: 1000, onLine() {} }).catch(() => {});`,
    );
    const executor = fork(script, [], { execArgv: ["--import", "tsx"], stdio: "ignore" });
    const pid = await pidIn(file);
    expect(await alive(pid)).toBe(true);
    executor.kill("SIGKILL");
    await gone(pid);
  });
});
