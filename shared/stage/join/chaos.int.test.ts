import { expect, it } from "vitest";
import { testServer } from "#test/nats";
import { chaos } from "#test/toy/fan/chaos";

it("fires each join exactly once while trainers, aggregators and the server are killed", async () => {
  await using server = await testServer();
  const options = { runs: 8, killEveryMs: 2_000, serverKills: 1, timeoutMs: 240_000 };
  const figures = await chaos(server, options);
  expect(figures).toMatchObject({ exact: 8, firings: 8, failed: 0, deadLetters: 0, serverKills: 1 });
  expect(figures.processKills).toBeGreaterThan(0);
}, 300_000);
