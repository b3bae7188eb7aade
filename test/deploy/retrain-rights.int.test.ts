import { join } from "node:path";
import { expect, it } from "vitest";
import { type Bus, lastMessage, reconcileTopology } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { buildDataset, busDatasets } from "#shared/learn";
import { RetrainCompleted } from "#shared/messages";
import { startRetrain } from "#shared/operate";
import { PIPELINES, retrainPipeline } from "#shared/pipeline";
import { stagesOf, startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { eventually, temporaryFolder } from "#test/nats";
import { madeUpDataset } from "../../shared/learn/test-support/made-up.ts";
import { passwordOf, productionServer } from "./production-server.ts";

const SERVICES = ["retrain-coordinator", "retrain-trainer", "retrain-evaluator"];

it("a model is trained, judged and promoted by services that each have their own rights, and nothing is refused", async () => {
  await using production = await productionServer();
  await using cache = await temporaryFolder();
  const ends: (() => Promise<void>)[] = [];
  await using _ended = {
    async [Symbol.asyncDispose]() {
      for (const end of ends.reverse()) await end();
    },
  };
  const connect = async (user: string): Promise<Bus> => {
    const bus = await production.connectAs(user);
    ends.push(() => bus.close());
    return bus;
  };
  await reconcileTopology(await connect("topology"), PIPELINES);
  for (const service of SERVICES) {
    const running = await startStages({
      bus: await connect(service),
      stages: stagesOf(service, new URL(`../../services/${service}/index.ts`, import.meta.url)),
      log: createLogger(service),
      version: "0.0.1",
      executors: 1,
      executorEnv: {
        ...{ NATS_USER: service, NATS_PASSWORD: passwordOf(service) },
        ...{ MODEL_CACHE_DIR: join(cache.path, service), TRAIN_LIGHT_MAX_EXAMPLES: "500" },
      },
    });
    ends.push(() => running.stop(0));
  }
  const cli = await connect("cli");
  const sources = [];
  for await (const record of madeUpDataset(24, 1).records())
    sources.push({ uid: record.uid, state: record.uid, describe: async () => record });
  const { name } = await buildDataset(busDatasets(cli), sources, { by: "test", source: "generated" });
  const gateway = await connect("gateway");
  const { run } = await startRetrain(gateway, { models: ["ranking"], dataset: name, by: "test" });
  const completed = await eventually(
    "the run is over",
    async () => {
      // What is refused is waited for in vain: better told at once.
      const [refused] = await production.violations();
      if (refused) throw new Error(refused);
      const failed = await lastMessage(cli, retrainPipeline.stream, `retrain.failed.${run}`);
      if (failed) throw new Error(JSON.stringify(decodeBody(failed.data)));
      return lastMessage(cli, retrainPipeline.stream, `retrain.completed.${run}`);
    },
    200_000,
  );
  const { promotions } = RetrainCompleted.parse(decodeBody(completed.data));
  expect(promotions.ranking).toMatchObject({ promoted: true, version: "v1" });
  expect(await production.violations()).toEqual([]);
}, 240_000);
