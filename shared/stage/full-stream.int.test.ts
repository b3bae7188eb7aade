import { expect, it } from "vitest";
import { connectBus, publishMessage, reconcileTopology } from "#shared/bus";
import { eventually, testServer } from "#test/nats";
import { toyPipeline } from "#test/toy/pipeline";
import { begin, bodyOf, countOf, startToy } from "#test/toy/start";

it("tells the publisher when the stream is full, keeps what it accepted, and goes on when there is room", async () => {
  await using server = await testServer();
  await using bus = await connectBus({ url: server.url, name: "test" });
  await reconcileTopology(bus, [toyPipeline], { maxBytes: 60_000 });
  const accepted: string[] = [];
  let refusal: { code?: string } = {};
  for (let i = 0; refusal.code === undefined && i < 2_000; i++)
    await begin(bus, `f${i}`, {}).then(
      () => accepted.push(`f${i}`),
      (error) => {
        refusal = error;
      },
    );
  expect(refusal.code).toBe("BUS_REFUSED");
  expect(accepted.length).toBeGreaterThan(50);

  await using toy = await startToy(server.url);
  await eventually("a task that cannot store its result", async () => {
    const info = await bus.jsm.consumers.info("TOY", "add");
    return info.num_ack_pending > 0;
  });
  expect(await countOf(bus, "TOY", "toy.finished.*")).toBe(0);

  await reconcileTopology(bus, [toyPipeline], { maxBytes: 100_000_000 });
  for (const uid of accepted) await eventually(uid, () => bodyOf(bus, `toy.finished.${uid}`), 60_000);
  expect(await countOf(bus, "TOY", "toy.finished.*")).toBe(accepted.length);
  expect(toy.running.workers).toHaveLength(2);
  await expect(
    publishMessage(bus, toyPipeline, { type: "toy.begun", id: "more", body: { n: 1 } }),
  ).resolves.toBeDefined();
});
