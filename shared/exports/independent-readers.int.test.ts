import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Graph } from "#shared/messages";
import { arbitraryGraph } from "#test/arbitrary-graph";
import { exampleGraph } from "#test/example-graph";
import { javaMissing, runJava } from "#test/java-tool";
import { pythonWithNetworkx, readWithNetworkx } from "#test/networkx";
import { toDexpi, toFxml, toGraphml } from "./index.ts";

/** Beside the repository, since the schema is not ours to ship. */
const PROTEUS = new URL("../../../shared/schemas/proteus-4.1.1.xsd", import.meta.url).pathname;

const graphs: Graph[] = [
  exampleGraph(),
  { ...exampleGraph(), nodes: [], edges: [], crossings: [] },
  ...fc.sample(arbitraryGraph, { numRuns: 60, seed: 11 }),
];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "penstock-exports-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes every graph to a file of its own. */
function files(extension: string, write: (graph: Graph) => string): string[] {
  return graphs.map((graph, i) => {
    const path = join(folder, `${i}.${extension}`);
    writeFileSync(path, write(graph));
    return path;
  });
}

test("JavaFX's own FXMLLoader loads every mimic without a display", async ({ skip }) => {
  const missing = javaMissing({ openjfx: true });
  if (missing) return skip(missing);
  const lines = (await runJava("LoadFxml", files("fxml", toFxml), { openjfx: true })).trimEnd().split("\n");

  const ids = lines.filter((line) => line.startsWith("ids\t")).map((line) => Number(line.split("\t")[1]));
  expect(ids).toEqual(graphs.map((graph) => 4 + graph.nodes.length + graph.edges.length));

  const rows = lines.filter((line) => !line.startsWith("ids\t")).map((line) => line.split("\t"));
  const told = rows
    .filter(([, , , data]) => data)
    .map(([, , , data]) => JSON.parse(data!) as { id: string; tag?: string });
  for (const graph of graphs) {
    const items = [...graph.edges, ...graph.nodes].map(({ id, tag }) => ({ id, tag }));
    const here = told.splice(0, items.length).map(({ id, tag }) => ({ id, tag }));
    expect(new Map(here.map(({ id, tag }) => [id, tag]))).toEqual(
      new Map(items.map(({ id, tag }) => [id, tag])),
    );
  }
});

test("the example's mimic gives a pump its tag, class and style classes", async ({ skip }) => {
  const missing = javaMissing({ openjfx: true });
  if (missing) return skip(missing);
  const path = join(folder, "example.fxml");
  writeFileSync(path, toFxml(exampleGraph()));
  const rows = (await runJava("LoadFxml", [path], { openjfx: true }))
    .split("\n")
    .map((line) => line.split("\t"));
  const pump = rows.find(([, id]) => id === "P_101A");
  expect(pump?.slice(0, 3)).toEqual(["Group", "P_101A", "symbol centrifugal_pump"]);
  expect(JSON.parse(pump?.[3] ?? "{}")).toMatchObject({ tag: "P-101A", class: "centrifugal_pump" });
  expect(
    rows.filter(([type, , classes]) => type === "Polyline" && classes?.startsWith("line ")),
  ).toHaveLength(exampleGraph().edges.length);
});

test("Java validates every DEXPI file against Proteus 4.1.1", async ({ skip }) => {
  const missing = javaMissing() ?? (existsSync(PROTEUS) ? undefined : `no schema at ${PROTEUS}`);
  if (missing) return skip(missing);
  const printed = await runJava("ValidateXml", [PROTEUS, ...files("dexpi.xml", toDexpi)]);
  expect(printed.match(/^valid /gm)).toHaveLength(graphs.length);

  const broken = join(folder, "broken.xml");
  writeFileSync(broken, toDexpi(exampleGraph()).replace("<Connection FromID", "<Connection Nonsense"));
  await expect(runJava("ValidateXml", [PROTEUS, broken])).rejects.toThrow(/Nonsense/);
});

test("networkx reads every GraphML file with typed attributes", async ({ skip }) => {
  const python = pythonWithNetworkx();
  if (!python) return skip("no Python with networkx");
  const read = await readWithNetworkx(python, files("graphml", toGraphml));
  read.forEach(({ nodes, edges, directed }, i) => {
    const graph = graphs[i]!;
    expect(Object.keys(nodes)).toHaveLength(graph.nodes.length);
    expect(edges).toHaveLength(graph.edges.length);
    expect(directed).toBe(graph.edges.length > 0 && graph.edges.every((edge) => edge.direction !== null));
    Object.values(nodes).forEach((data, n) => {
      expect([data.x, data.y]).toEqual(graph.nodes[n]!.center);
      expect(data.type).toBe(graph.nodes[n]!.type);
    });
  });
  const [example] = read;
  expect(example!.nodes.n21).toMatchObject({
    tag: "S-101 <A&B>",
    class: "hydro_cyclone",
    score: 0.62,
    boxWidth: 80,
  });
  const backward = example!.edges.find(([, , data]) => data.id === "e9");
  expect(backward?.[2]).toMatchObject({ upstream: "n9", downstream: "n10", direction: "forward" });
});
