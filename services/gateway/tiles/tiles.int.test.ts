import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { objectArtifacts } from "#shared/artifacts";
import { type Bus, connectBus, publishMessage, reconcileTopology } from "#shared/bus";
import { DIAGRAM_ARTIFACTS, diagramPipeline } from "#shared/pipeline";
import { createLogger } from "#shared/telemetry";
import { testServer } from "#test/nats";
import { createApp } from "../app.ts";
import { GatewayConfig } from "../config.ts";
import type { App } from "../context.ts";
import { linkTo } from "../link.ts";
import { createGateway } from "../start.ts";
import { levelsOf } from "./pyramid.ts";
import { createTileCache } from "./tile-cache.ts";

const SIZE = { widthPx: 1400, heightPx: 900 };
let server: Awaited<ReturnType<typeof testServer>>;
let bus: Bus;
let app: App;
let folder: string;
let sheet: Buffer;

beforeAll(async () => {
  server = await testServer();
  bus = await connectBus({ url: server.url, name: "tiles-test" });
  await reconcileTopology(bus, [diagramPipeline]);
  folder = await mkdtemp(join(tmpdir(), "penstock-tiles-test-"));
  const config = GatewayConfig.parse({ tilesFolder: folder });
  app = createApp(createGateway(config, linkTo(bus), "1.2.3", createLogger("tiles-test")));
  sheet = await drawing("#fff", "#c00");
  const mask = await sharp(await drawing("#000", "#fff"))
    .toColourspace("b-w")
    .threshold(100)
    .png({ palette: false })
    .toBuffer();
  await waiting("tiles-1", { "sheet.png": sheet, "pipe_mask.png": mask });
  await waiting("tiles-bad", { "sheet.png": Buffer.from("no picture at all") });
});

afterAll(async () => {
  await bus?.close();
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** A line from corner to corner of the right half, one pixel wide going across at 700. */
const drawing = (paper: string, ink: string) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="1400" height="900"><rect width="1400" height="900" fill="${paper}"/><rect x="900" y="700" width="400" height="1" fill="${ink}"/></svg>`,
    ),
  )
    .removeAlpha()
    .png()
    .toBuffer();

async function waiting(uid: string, files: Record<string, Buffer>) {
  const store = objectArtifacts(bus, () => `${uid}/test`, DIAGRAM_ARTIFACTS);
  const artifacts: Record<string, unknown> = {};
  for (const [name, bytes] of Object.entries(files)) artifacts[name] = await store.put(name, bytes);
  await publishMessage(bus, diagramPipeline, {
    type: "diagram.awaiting_masks",
    id: uid,
    body: { uid, artifacts, sheet: SIZE },
  });
}

const tile = (path: string, headers: Record<string, string> = {}) =>
  app.request(`/api/diagrams/tiles-1/tiles/${path}`, { headers });
const pixels = async (response: Response) =>
  sharp(Buffer.from(await response.arrayBuffer()))
    .raw()
    .toBuffer({ resolveWithObject: true });

test("the list tells size, levels and the layers there are", async () => {
  const answer = await (await app.request("/api/diagrams/tiles-1/tiles")).json();
  const levels = levelsOf(SIZE.widthPx, SIZE.heightPx);
  expect(answer).toMatchObject({
    ...SIZE,
    tilePx: 512,
    minLevel: levels[0]?.level,
    maxLevel: levels.at(-1)?.level,
    layers: [
      { name: "sheet", artifact: "sheet.png", colour: null, digest: expect.stringContaining("SHA-256=") },
      { name: "pipe_mask", artifact: "pipe_mask.png", colour: expect.stringMatching(/^#[0-9a-f]{6}$/) },
    ],
  });
});

test("a tile of the highest level is the sheet, pixel for pixel", async () => {
  const response = await tile("sheet/11/1_1.png");
  expect(response.headers.get("content-type")).toBe("image/png");
  const { data, info } = await pixels(response);
  const crop = sharp(sheet).extract({ left: 512, top: 512, width: 512, height: 388 });
  expect({ width: info.width, height: info.height }).toEqual({ width: 512, height: 388 });
  expect(data.equals(await crop.raw().toBuffer())).toBe(true);
});

test("a mask's one-pixel line is there at the lowest level, in its colour on clear ground", async () => {
  const { minLevel, layers } = await (await app.request("/api/diagrams/tiles-1/tiles")).json();
  const { data, info } = await pixels(await tile(`pipe_mask/${minLevel}/0_0.png`));
  expect(info.channels).toBe(4);
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4),
  ];
  const scale = 2 ** (11 - minLevel);
  const colour = [1, 3, 5].map((i) => Number.parseInt(layers[1].colour.slice(i, i + 2), 16));
  expect(at(Math.floor(1000 / scale), Math.floor(700 / scale))).toEqual([...colour, 255]);
  expect(at(Math.floor(1000 / scale), Math.floor(300 / scale))[3]).toBe(0);
});

test("a tile without content is one pixel", async () => {
  const { info } = await pixels(await tile("sheet/11/0_0.png"));
  expect([info.width, info.height]).toEqual([1, 1]);
});

test("tiles carry a tag, answer 304 to it, and stay in browsers when asked for by digest", async () => {
  const first = await tile("sheet/11/1_1.png");
  const etag = first.headers.get("etag") ?? "";
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  expect((await tile("sheet/11/1_1.png", { "if-none-match": etag })).status).toBe(304);
  const { layers } = await (await app.request("/api/diagrams/tiles-1/tiles")).json();
  const named = await tile(`sheet/11/1_1.png?v=${encodeURIComponent(layers[0].digest)}`);
  expect(named.headers.get("cache-control")).toContain("immutable");
});

test("what is not there is refused by name", async () => {
  const code = async (path: string) => {
    const response = await app.request(`/api/diagrams/${path}`);
    return [response.status, (await response.json()).code];
  };
  expect(await code("tiles-1/tiles/skeleton/9/0_0.png")).toEqual([404, "LAYER_NOT_FOUND"]);
  expect(await code("tiles-1/tiles/sheet/11/9_0.png")).toEqual([404, "TILE_NOT_FOUND"]);
  expect(await code("tiles-1/tiles/sheet/40/0_0.png")).toEqual([404, "TILE_NOT_FOUND"]);
  expect(await code("tiles-1/tiles/sheet/9/..%2f.png")).toEqual([400, "BAD_REQUEST"]);
  expect(await code("tiles-0/tiles")).toEqual([404, "RUN_NOT_FOUND"]);
  expect(await code("tiles-bad/tiles/sheet/9/0_0.png")).toEqual([503, "TILES_FAILED"]);
});

test("several people at once start the work once, and what was cut is found again", async () => {
  const cache = createTileCache({ folder: join(folder, "own"), maxBytes: 1e9 });
  let opened = 0;
  const source = {
    digest: "once",
    kind: "sheet",
    open: async () => {
      opened++;
      return new Blob([new Uint8Array(sheet)]).stream() as never;
    },
  };
  const levels = levelsOf(SIZE.widthPx, SIZE.heightPx);
  const got = await Promise.all(
    levels.flatMap(({ level }) => [level, level]).map((level) => cache.tile(source, level, 0, 0)),
  );
  expect(got).toHaveLength(levels.length * 2);
  expect(opened).toBe(1);
  // The last level can be read a moment before the pack is whole.
  await expect
    .poll(() => readdir(join(folder, "own")), { timeout: 60_000 })
    .toEqual([expect.stringMatching(/tiles$/)]);
  const again = createTileCache({ folder: join(folder, "own"), maxBytes: 1e9 });
  expect((await again.tile(source, 11, 1, 1))?.length).toBeGreaterThan(100);
  expect(opened).toBe(1);
});

test("the cache keeps to its bound: what was used longest ago goes, and is made again when asked for", async () => {
  const own = join(folder, "bound");
  const cache = createTileCache({ folder: own, maxBytes: 1 });
  const opened: string[] = [];
  const source = (digest: string) => ({
    digest,
    kind: "sheet",
    open: async () => {
      opened.push(digest);
      return new Blob([new Uint8Array(sheet)]).stream() as never;
    },
  });
  // A tile of the highest level comes last, but before old packs are thrown away.
  for (const digest of ["a", "b", "a"])
    expect(await cache.tile(source(digest), 11, 1, 1)).toBeInstanceOf(Buffer);
  await cache.tile(source("c"), 11, 1, 1);
  await expect.poll(() => readdir(own), { timeout: 60_000 }).toEqual([expect.stringMatching(/tiles$/)]);
  expect(opened.filter((each) => each === "c")).toHaveLength(1);
  expect(await cache.tile(source("b"), 11, 1, 1)).toBeInstanceOf(Buffer);
  expect(opened.filter((each) => each === "b")).toHaveLength(2);
});
