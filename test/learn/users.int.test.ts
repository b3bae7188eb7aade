import { expect, it, vi } from "vitest";
import { lastMessage, reconcileTopology } from "#shared/bus";
import { busDatasets, freezeDataset, readDataset, TRAINERS } from "#shared/learn";
import { addModel, promoteModel } from "#shared/models";
import { listArtifacts } from "#shared/operate";
import { diagramPipeline, PIPELINES } from "#shared/pipeline";
import { startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { madeUpFiles, someSmall, storeDiagram, storeValidated } from "#test/made-up-diagram";
import { eventually, temporaryFolder } from "#test/nats";
import { Looker } from "../../services/gateway/looking/looker.ts";
import { passwordOf, productionServer } from "../deploy/production-server.ts";

it("the users of production may do what learning asks of them, and nothing is refused on the way", async () => {
  await using production = await productionServer();
  await using folder = await temporaryFolder();
  const env = (user: string) => ({
    ...{ NATS_USER: user, NATS_PASSWORD: passwordOf(user), MODEL_CACHE_DIR: folder.path },
  });
  await using topology = await production.connectAs("topology");
  await reconcileTopology(topology, PIPELINES);
  await using cli = await production.connectAs("cli");
  for (let i = 0; i < 10; i++)
    await storeValidated(cli, { uid: `d${i}`, columns: 6, rows: 4, isSmall: someSmall(`d${i}`) });

  await using coordinator = await production.connectAs("retrain-coordinator");
  const { dataset } = await freezeDataset(coordinator, { models: ["regression"] });
  await using trainer = await production.connectAs("retrain-trainer");
  const { train } = await readDataset(busDatasets(trainer), dataset.version);
  const { onnx } = await TRAINERS.regression.train(train, {
    ...{ seed: 1, signal: new AbortController().signal, settings: { rounds: 60 } },
    ...{ progress: () => undefined, saveCheckpoint: async () => undefined },
  });
  await using evaluator = await production.connectAs("retrain-evaluator");
  const { version } = await addModel(evaluator, "regression", { bytes: onnx }, { by: "test" });
  await promoteModel(evaluator, "regression", { version, by: "test" });

  await using gates = await production.connectAs("gates");
  const stage = diagramPipeline.stages["gate-annotation"];
  const module = new URL("../../services/gates/annotation.ts", import.meta.url);
  await using _running = await startStages({
    ...{ bus: gates, stages: [{ pipeline: diagramPipeline, stage, module }], version: "0.0.1" },
    ...{ log: createLogger("users-test"), executors: 1, executorEnv: env("gates") },
  });
  const files = await madeUpFiles({ uid: "w1", columns: 6, rows: 4, isSmall: someSmall("w1") });
  const more = { review: "auto", confidence: { annotation: 1 } } as const;
  await storeDiagram(cli, "w1", "diagram.detected", files, more);
  const waits = "diagram.awaiting_annotation.w1";
  await eventually("the gate", () => lastMessage(cli, diagramPipeline.stream, waits), 60_000);

  await using gateway = await production.connectAs("gateway");
  for (const [name, value] of Object.entries(env("gateway"))) vi.stubEnv(name, value);
  const { "sheet.png": sheet, "detections.json": claims } = await listArtifacts(gateway, "w1");
  const warnings: string[] = [];
  await using looker = new Looker();
  const found = await looker.suggest({ url: gateway.url, sheet: sheet!, claims: claims! }, (text) =>
    warnings.push(text),
  );
  vi.unstubAllEnvs();
  expect(warnings).toEqual([]);
  expect(found.length).toBeGreaterThan(3);
  expect(found[0]!.right).toBeLessThan(0.5);
  expect(await production.violations()).toEqual([]);
}, 180_000);
