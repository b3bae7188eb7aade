import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bus, connectBus, lastMessage, openObjects, reconcileTopology } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { DiagramEvent, Graph } from "#shared/messages";
import { submit } from "#shared/operate";
import { diagramPipeline, PIPELINES } from "#shared/pipeline";
import { startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { eventually, testServer } from "#test/nats";
import { stageEntries } from "../cli/up/stage-entries.ts";
import { createApp } from "../services/gateway/app.ts";
import { GatewayConfig } from "../services/gateway/config.ts";
import type { App } from "../services/gateway/context.ts";
import { linkTo } from "../services/gateway/link.ts";
import { createGateway } from "../services/gateway/start.ts";

const PATIENCE_MS = 240_000;
let server: Awaited<ReturnType<typeof testServer>>;
let bus: Bus;
let app: App;
let folder: string;
let running: Awaited<ReturnType<typeof startStages>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "penstock-own-"));
  server = await testServer();
  bus = await connectBus({ url: server.url, name: "own-models" });
  await reconcileTopology(bus, PIPELINES);
  app = createApp(createGateway(GatewayConfig.parse({}), linkTo(bus), "1.2.3", createLogger("own-models")));
  running = await startStages({
    bus,
    stages: stageEntries([diagramPipeline]),
    log: createLogger("own-models"),
    version: "1.2.3",
    executors: 1,
    executorEnv: { MODEL_CACHE_DIR: join(folder, "cache") },
  });
});
afterAll(async () => {
  await running?.stop(0);
  await bus?.close();
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command line as a person would. */
async function penstock(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "cli/main.ts", ...args], {
    env: { ...process.env, NATS_URL: server.url, NO_COLOR: "1" },
  });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { code, ...said };
}

const fixture = (name: string) => resolve(`test/fixtures/models/${name}.onnx`);

/** Two squares the fixture detectors find, black and red, and a line between them. */
const sheet = () =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640"><rect width="640" height="640" fill="#fff"/>
       <rect x="64" y="288" width="64" height="64"/><rect x="480" y="288" width="64" height="64" fill="#f00"/>
       <path d="M128 320H480" stroke="#000" stroke-width="4"/></svg>`,
    ),
  )
    .removeAlpha()
    .png()
    .toBuffer();

it(
  "takes a foreign detector by command line and a foreign segmenter by HTTP, and a sheet goes through with them",
  async () => {
    const classes = join(folder, "classes.yaml");
    await writeFile(classes, "names: [Ventil-Typ 7, Pumpe]\nmap:\n  Ventil-Typ 7: gate_valve\n");
    const file = fixture("detector-foreign");
    const added = await penstock(
      "models",
      "add",
      "detector",
      file,
      "--classes",
      classes,
      "--promote",
      "--json",
    );
    expect(added.err).toBe("");
    expect(JSON.parse(added.out)).toMatchObject({ version: "v1", state: "live", classes: 2 });

    const body = (await readFile(fixture("segmenter-mask"))) as unknown as BodyInit;
    const posted = await app.request("/api/models/segmenter?by=ann", { method: "POST", body });
    expect(posted.status).toBe(201);
    expect(await posted.json()).toMatchObject({ version: "v1", state: "candidate", by: "ann" });
    const promoted = await app.request("/api/models/segmenter/promote", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ version: "v1", by: "ann", reason: "ours" }),
    });
    expect([promoted.status, await promoted.json()]).toEqual([
      200,
      expect.objectContaining({ state: "live" }),
    ]);

    const { uid } = await submit(bus, { bytes: await sheet() }, { name: "own.png" });
    const last = await eventually(
      "the end of the diagram",
      async () =>
        (await lastMessage(bus, "DIAGRAM", `diagram.completed.${uid}`)) ??
        (await lastMessage(bus, "DIAGRAM", `diagram.failed.${uid}`)),
      PATIENCE_MS,
    );
    expect(last.subject, JSON.stringify(decodeBody(last.data))).toBe(`diagram.completed.${uid}`);
    const event = DiagramEvent.parse(decodeBody(last.data));
    expect(event.models).toEqual({ detector: "v1", segmenter: "v1", classification: "shipped" });
    const { key } = event.artifacts["graph.json"]!;
    const stored = (await (await openObjects(bus, "artifacts")).getBlob(key))!;
    const graph = Graph.parse(JSON.parse(new TextDecoder().decode(stored)));
    const symbols = graph.nodes.filter(({ type }) => type === "symbol").map((node) => node.class);
    // One name is ours by the map, the other stays as it is.
    expect(new Set(symbols)).toEqual(new Set(["gate_valve", "Pumpe"]));
  },
  PATIENCE_MS * 2,
);

it("answers over HTTP what the command line says, and refuses with a reason", {
  timeout: PATIENCE_MS,
}, async () => {
  const listed = (await (await app.request("/api/models")).json()) as {
    models: { name: string; live: string }[];
  };
  expect(listed.models.find(({ name }) => name === "detector")?.live).toBe("v1");
  const shown = await penstock("models", "show", "detector", "--json");
  expect(JSON.parse(shown.out)).toEqual(await (await app.request("/api/models/detector")).json());
  const post = async (path: string, body: BodyInit, type = "application/json") => {
    const answer = await app.request(path, { method: "POST", headers: { "Content-Type": type }, body });
    return [answer.status, ((await answer.json()) as { code?: string }).code];
  };
  expect(await post("/api/models/detector", "no model", "application/octet-stream")).toEqual([
    400,
    "MODEL_INVALID",
  ]);
  expect(await post("/api/models/detector", "", "application/octet-stream")).toEqual([400, "UPLOAD_EMPTY"]);
  expect(await post("/api/models/oracle", "x", "application/octet-stream")).toEqual([404, "MODEL_UNKNOWN"]);
  expect(await post("/api/models/detector/promote", '{"version":"v9"}')).toEqual([
    404,
    "MODEL_VERSION_UNKNOWN",
  ]);
  expect(await post("/api/models/detector/promote", '{"version":"v1"}')).toEqual([409, "ALREADY_LIVE"]);
  expect(await post("/api/models/detector/promote", '{"version":"shipped","expected":"v7"}')).toEqual([
    409,
    "PROMOTED_MEANWHILE",
  ]);
  const refused = await penstock("models", "add", "detector", fixture("useless-nan"));
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(/NaN.*MODEL_INVALID/s);
  const back = await penstock("models", "rollback", "detector", "--reason", "as it was");
  expect(back.out).toMatch(/detector shipped is live/);
});
