import sharp from "sharp";
import { expect, test } from "vitest";
import { exampleGraph } from "#test/example-graph";
import { chooseCorner } from "./choose-corner.ts";
import { toOverlaySvg } from "./to-overlay-svg.ts";

test("shows every edge in the colour of its kind", async () => {
  const graph = exampleGraph();
  const { data, info } = await sharp(Buffer.from(toOverlaySvg(graph, { legend: false })))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([graph.sheet.widthPx, graph.sheet.heightPx]);
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * info.channels).subarray(0, 3),
  ];
  const [red, green, blue] = at(430, 700);
  // Utility lines are ochre: more red than blue, and far from the white ground.
  expect(red).toBeGreaterThan(blue! + 80);
  expect(green).toBeGreaterThan(blue! + 50);
  const process = at(270, 600);
  expect(process[2]).toBeGreaterThan(process[0]! + 80);
});

test("lists in the legend what is on the sheet, and nothing else", () => {
  const svg = toOverlaySvg(exampleGraph());
  const legend = svg.slice(svg.indexOf('id="legend"'));
  expect(legend).toContain("process line (17)");
  expect(legend).toContain("crossing with a jump (1)");
  const empty = toOverlaySvg({ ...exampleGraph(), nodes: [], edges: [], crossings: [] });
  expect(empty.slice(empty.indexOf('id="legend"'))).not.toMatch(/\(\d+\)/);
});

test("lies over the sheet's image when there is one, and draws symbols only when there is none", () => {
  const over = toOverlaySvg(exampleGraph(), { sheetHref: "sheet.png?a&b", widthPx: 500, heightPx: 300 });
  expect(over).toContain('<image width="2000" height="1200" href="sheet.png?a&amp;b"');
  expect(over).toContain('width="500" height="300" viewBox="0 0 2000 1200"');
  expect(over.length).toBeLessThan(toOverlaySvg(exampleGraph()).length);
});

test("puts the legend where it hides least", () => {
  const graph = exampleGraph();
  graph.edges = [];
  graph.nodes = [
    [50, 950],
    [50, 50],
    [1950, 50],
  ].map(([x, y], i) => ({ id: `${i}`, type: "tee", center: [x!, y!] }));
  expect(chooseCorner(graph, 200, 300, 10)).toEqual([1790, 890]);
});
