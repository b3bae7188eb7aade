import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { Graph } from "#shared/messages";
import { makeDataset } from "#shared/synth";
import { findTesseract } from "#shared/tags";
import { temporaryFolder } from "#test/nats";
import { openLocalRun } from "../../cli/eval/local-run.ts";

const [WIDTH, HEIGHT, SEED] = [1500, 1100, 950_001];
/** An automatic review wants this of a sheet (the gates' default threshold). */
const TRUSTED = 0.8;

let source: Buffer;
let run: Awaited<ReturnType<typeof openLocalRun>>;
let upright: Awaited<ReturnType<typeof read>>;

async function read(picture: Buffer) {
  const { event, artifacts } = await run(picture);
  const graph = Graph.parse(JSON.parse(new TextDecoder().decode(artifacts["graph.json"]!)));
  return {
    graph,
    codes: event.quality!.reasons.map(({ code }) => code),
    score: event.quality!.score,
    symbols: graph.nodes.filter(({ bbox }) => bbox).length,
    edges: graph.edges.length,
  };
}

beforeAll(async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  await makeDataset({ folder, count: 1, seed: SEED, widthPx: WIDTH, heightPx: HEIGHT });
  source = await readFile(join(folder, `s${SEED}.png`));
  run = await openLocalRun();
  upright = await read(source);
});

/** A light from the left, dimmed to two fifths at the right, as on a photograph. */
async function photographed(): Promise<Buffer> {
  const shade = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#686868"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/></svg>`,
  );
  return sharp(source)
    .composite([{ input: shade, blend: "multiply" }])
    .jpeg({ quality: 92 })
    .toBuffer();
}

const turned = (degrees: number) => sharp(source).rotate(degrees, { background: "#ffffff" }).png().toBuffer();
const scaled = (factor: number) =>
  sharp(source)
    .resize(Math.round(WIDTH * factor))
    .png()
    .toBuffer();

/** Where text can be read, it tells which way is up. */
const canRead = (await findTesseract("tesseract")) !== undefined;

/** Ways a sheet comes in, and the reasons that must be given for it. */
const KINDS: Record<string, [make: () => Promise<Buffer>, reasons: string[]]> = {
  "turned by 90°": [() => turned(90), [canRead ? "TURNED" : "ROTATED"]],
  "turned by 270°": [() => turned(270), [canRead ? "TURNED" : "ROTATED"]],
  "turned by 180°": [() => turned(180), canRead ? ["TURNED"] : []],
  "skewed by 3°": [() => turned(3), ["SKEWED"]],
  "skewed by −3°": [() => turned(-3), ["SKEWED"]],
  "skewed by 8°": [() => turned(8), ["SKEWED"]],
  inverted: [() => sharp(source).negate({ alpha: false }).png().toBuffer(), ["INVERTED"]],
  "scanned at half the resolution": [() => scaled(0.5), ["LOW_RESOLUTION"]],
  "scanned at twice the resolution": [() => scaled(2), []],
  "drawn in colour": [() => sharp(source).tint("#2030a0").png().toBuffer(), []],
  "photographed in uneven light": [photographed, ["UNEVEN_LIGHT"]],
};

describe("a sheet that is not as it should be", () => {
  it("is read without doubt when it is", () => {
    expect(upright.symbols).toBeGreaterThan(5);
    expect(upright.edges).toBeGreaterThan(5);
    expect(upright.score).toBeGreaterThanOrEqual(TRUSTED);
  });

  for (const [kind, [make, reasons]] of Object.entries(KINDS))
    it(`is read alike, or doubted with a reason: ${kind}`, async () => {
      const given = await read(await make());
      expect(given.codes).toEqual(expect.arrayContaining(reasons));
      const alike = (found: number, expected: number) =>
        Math.abs(found - expected) <= Math.max(3, 0.25 * expected);
      const same = alike(given.symbols, upright.symbols) && alike(given.edges, upright.edges);
      expect(
        same || given.score < TRUSTED,
        `${given.symbols} symbols and ${given.edges} lines instead of ${upright.symbols} and ${upright.edges}, quality ${given.score} ${given.codes}`,
      ).toBe(true);
    });
});
