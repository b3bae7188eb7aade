import sharp from "sharp";
import { expect, test } from "vitest";
import { DiagramEvent } from "#shared/messages";
import { memoryContext } from "#shared/stage";
import { exampleGraph } from "#test/example-graph";
import { assertWellFormed } from "#test/well-formed";
import stage from "./stage.ts";

/** A grey sheet of the example's size, 2000 × 1200 px; the overlay fades it half way to white. */
const sheetPng = sharp({ create: { width: 2000, height: 1200, channels: 3, background: "#808080" } })
  .png()
  .toBuffer();

async function run(
  graph: unknown,
  settings: Record<string, unknown> = {},
  change: Partial<DiagramEvent> = {},
) {
  const context = await memoryContext(stage, settings);
  const text = typeof graph === "string" ? graph : JSON.stringify(graph);
  const artifacts = {
    "sheet.png": context.seed("sheet.png", await sheetPng),
    "sheet.json": context.seed("sheet.json", '{"dpi":200,"page":1}'),
    "validated_graph.json": context.seed("validated_graph.json", text),
  };
  const result = await stage.handle(DiagramEvent.parse({ uid: "d1", artifacts, ...change }), context);
  const { type, body } = Array.isArray(result) ? result[0]! : result;
  const event = DiagramEvent.parse(body);
  return { type, event, context, read: (name: string) => context.text(event.artifacts[name]!) };
}

test("writes all four exports under their contract names and counts what is in them", async () => {
  const { type, event, read } = await run(exampleGraph());
  expect(type).toBe("diagram.completed");
  expect(event.counts).toEqual({ nodes: 22, edges: 24, crossings: 2 });
  for (const name of ["output.fxml", "graph.graphml", "graph.dexpi.xml", "overlay.svg"]) {
    await assertWellFormed(read(name));
    expect(event.artifacts[name]!.contentType).toMatch(/xml$/);
  }
  expect(event.artifacts["sheet.png"]).toBeDefined();
});

test("puts the sheet's own image under the overlay", async () => {
  const { event, context } = await run(exampleGraph());
  const { bucket, key } = event.artifacts["overlay.svg"]!;
  const svg = context.store.get(`${bucket}/${key}`)!;
  const { data, info } = await sharp(svg).raw().toBuffer({ resolveWithObject: true });
  const at = (1100 * info.width + 1000) * info.channels;
  for (const tone of data.subarray(at, at + 3)) expect(Math.abs(tone - 192)).toBeLessThanOrEqual(2);
});

test("reduces a sheet that is larger than the overlay may be, and leaves it out when told to", async () => {
  const full = await run(exampleGraph());
  const small = await run(exampleGraph(), { overlaySheetPx: 500 });
  const embedded = /base64,([^"]*)"/.exec(small.read("overlay.svg"))?.[1] ?? "";
  expect(await sharp(Buffer.from(embedded, "base64")).metadata()).toMatchObject({ width: 500, height: 300 });
  expect(full.read("overlay.svg")).toContain('viewBox="0 0 2000 1200"');
  const none = await run(exampleGraph(), { overlaySheetPx: 0 });
  expect(none.read("overlay.svg")).not.toContain("<image");
});

test("measures DEXPI in the sheet's own resolution and dates it by the approval", async () => {
  const at = Date.UTC(2025, 0, 31, 12);
  const { read } = await run(
    exampleGraph(),
    {},
    { approvals: { graph: { by: "anna", at, corrected: false } }, name: "PID 7" },
  );
  expect(read("graph.dexpi.xml")).toContain('<Max X="254" Y="152.4" Z="0"/>');
  expect(read("graph.dexpi.xml")).toContain('Date="2025-01-31" Time="12:00:00.000"');
  expect(read("graph.dexpi.xml")).toContain('Title="PID 7"');
});

test("gives the same files for the same event", async () => {
  const [first, second] = [await run(exampleGraph()), await run(exampleGraph())];
  const digests = ({ event }: typeof first) =>
    Object.entries(event.artifacts).map(([name, { digest }]) => [name, digest]);
  expect(digests(first)).toEqual(digests(second));
});

test("exports a sheet on which nothing was found", async () => {
  const { event } = await run({ ...exampleGraph(), nodes: [], edges: [], crossings: [] });
  expect(event.counts).toEqual({ nodes: 0, edges: 0, crossings: 0 });
});

test.each([
  ["no JSON", "{", /not JSON/],
  ["another version", '{"version":2}', /version/],
  [
    "edges without nodes",
    JSON.stringify({ ...exampleGraph(), nodes: [] }),
    /e1.*names node "n1".*and \d+ more/,
  ],
])("refuses a broken graph for good, saying what is wrong: %s", async (_, text, words) => {
  const refused = run(text);
  await expect(refused).rejects.toMatchObject({ code: "GRAPH_INVALID", kind: "permanent" });
  await expect(refused).rejects.toThrow(words);
});

test("refuses an event without a validated graph", async () => {
  const context = await memoryContext(stage);
  const message = DiagramEvent.parse({ uid: "d1", artifacts: {} });
  await expect(stage.handle(message, context)).rejects.toMatchObject({ code: "ARTIFACT_ABSENT" });
});
