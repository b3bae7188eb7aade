import { expect, it } from "vitest";
import { connectBus, reconcileTopology } from "#shared/bus";
import { logLine } from "#shared/messages";
import { testServer } from "#test/nats";
import { taskEvents } from "#test/toy/start";
import { Lifecycle } from "./lifecycle.ts";

it("stores every event in order, also when their stacks and logs are more than one message may hold", async () => {
  await using server = await testServer();
  await using bus = await connectBus({ url: server.url, name: "test" });
  await reconcileTopology(bus, []);
  const lifecycle = new Lifecycle(bus, "add-here-1");
  const log = Array.from({ length: 10 }, () => logLine("info", "x".repeat(500)));
  for (let seq = 1; seq <= 500; seq++)
    lifecycle.push({
      ...{
        kind: "failed",
        task: `add.${seq}`,
        pipeline: "toy",
        stage: "add",
        queue: "default",
        run: `${seq}`,
      },
      ...{ generation: 0, attempt: 1, at: seq, seq, log },
    });
  await lifecycle.flush();
  const stored = await taskEvents(bus);
  expect(stored.map((event) => event.seq)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
  expect(stored.every((event) => event.log?.length === 10)).toBe(true);
  await lifecycle.close();
});
