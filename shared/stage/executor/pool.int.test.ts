import { expect, it } from "vitest";
import { testServer } from "#test/nats";
import { ExecutorPool } from "./pool.ts";

const module = new URL("../../../test/support/toy/add.ts", import.meta.url).href;

/** A job that only loads its stage. */
const job = {
  ...{
    module,
    stage: "add",
    message: {},
    generation: 0,
    options: {},
    contentTypes: {},
    models: {},
    loadOnly: true,
  },
  task: { id: "add.a", run: "a", stage: "add", attempt: 1, type: "toy.begun" },
};
const hooks = { onStart() {}, onProgress() {}, onLog() {} };

it("replaces its executors without disturbing what runs", async () => {
  await using server = await testServer();
  const pool = new ExecutorPool({ size: 1, env: { NATS_URL: server.url } });
  try {
    const running = pool.start(job, hooks);
    const [first] = pool.pids();
    expect(pool.renew()).toBe(1);
    expect(await running.done).toEqual([]);
    expect(await pool.start(job, hooks).done).toEqual([]);
    const [second] = pool.pids();
    expect(second).not.toBe(first);
    // An idle one is replaced at once: it is out of sight before it is dead.
    expect(pool.renew()).toBe(1);
    expect(pool.pids()).toEqual([]);
  } finally {
    await pool.close();
  }
});

it("gives no job to an executor that just ended for lack of work", async () => {
  await using server = await testServer();
  const pool = new ExecutorPool({ size: 1, idleMs: 1, env: { NATS_URL: server.url } });
  try {
    for (let round = 0; round < 2; round++) {
      expect(await pool.start(job, hooks).done).toEqual([]);
      // Timers run in order: this one comes right after the executor's own, while its process is still ending.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  } finally {
    await pool.close();
  }
});
