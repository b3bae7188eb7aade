import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Graph } from "#shared/messages";

test("one command digitises an example sheet to a graph and a mimic, and stops when told to", async () => {
  const folder = await mkdtemp(join(tmpdir(), "penstock-demo-"));
  try {
    const { NATS_URL: _none, ...env } = process.env;
    const child = spawn(
      process.execPath,
      ["bin/penstock.js", "up", "--demo", "--exit", "--data", folder, "--port", "0", "--nats-port", "0"],
      { env: { ...env, NO_COLOR: "1" }, stdio: ["ignore", "pipe", "pipe"] },
    );
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    const [code] = await once(child, "close");
    expect({ code, err }, out).toEqual({ code: 0, err: "" });
    for (const stage of ["ingest", "detect", "segment", "skeletonize", "thin", "classify", "build", "export"])
      expect(out).toMatch(new RegExp(`✔ ${stage} `));
    const [run] = (await readdir(join(folder, "demo"), { withFileTypes: true })).filter((entry) =>
      entry.isDirectory(),
    );
    const results = join(folder, "demo", run?.name ?? "");
    const graph = Graph.parse(JSON.parse(await readFile(join(results, "validated_graph.json"), "utf8")));
    expect(graph.nodes.some((node) => node.type === "symbol")).toBe(true);
    expect(graph.edges.length).toBeGreaterThan(0);
    expect(await readFile(join(results, "overlay.svg"), "utf8")).toContain("<svg");
    expect(await readFile(join(results, "output.fxml"), "utf8")).toContain("<?xml");
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
});
