import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { shapeBounds } from "#shared/symbols";
import { generateSheet } from "../index.ts";
import { parseStencils } from "./parse-stencils.ts";
import { readStencils } from "./read-stencils.ts";
import { stencilClass } from "./stencil-class.ts";
import { svgArc } from "./svg-arc.ts";

const xml = `<shapes name="our.company">
  <shape name="Gate Valve" w="100" h="60">
    <connections><constraint name="W" x="0" y="0.5"/><constraint name="E" x="1" y="0.5"/></connections>
    <background><path><move x="0" y="0"/><line x="0" y="60"/><line x="100" y="0"/><line x="100" y="60"/><close/></path></background>
    <foreground><fillstroke/><ellipse x="40" y="20" w="20" h="20"/><stroke/></foreground>
  </shape>
  <shape name="Unheard-of Device" w="10" h="10"><foreground><rect x="0" y="0" w="10" h="10"/><stroke/></foreground></shape>
</shapes>`;

describe("company stencils", () => {
  it("become variants in modules, with ports at the ends of the axis", () => {
    const folder = mkdtempSync(join(tmpdir(), "stencils-"));
    try {
      writeFileSync(join(folder, "valves.xml"), xml);
      const library = readStencils(folder);
      expect([...library.keys()]).toEqual(["gate_valve"]);
      const [shape] = library.get("gate_valve")!;
      expect(shapeBounds(shape!).map((v) => Math.round(v * 100) / 100)).toEqual([-0.5, -0.3, 0.5, 0.3]);
      expect(shape!.ports.map((p) => [p.name, p.x, p.y])).toEqual([
        ["W", -0.5, 0],
        ["E", 0.5, 0],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("are drawn on sheets that use them", async () => {
    const [stencil] = parseStencils(xml);
    expect(stencil!.steps).toHaveLength(2);
    const folder = mkdtempSync(join(tmpdir(), "stencils-"));
    try {
      writeFileSync(join(folder, "valves.xml"), xml);
      const size = { widthPx: 1400, heightPx: 1000, density: 1.2 };
      const library = readStencils(folder);
      // Not every sheet has a gate valve, and an office uses half of the foreign drawings.
      for (let seed = 1; ; seed++) {
        expect(seed, "no sheet that shows a foreign gate valve").toBeLessThan(30);
        const foreign = await generateSheet({ ...size, seed, library });
        if (!foreign.truth.nodes.some((n) => n.class === "gate_valve")) continue;
        const own = await generateSheet({ ...size, seed });
        if (Buffer.compare(own.image, foreign.image) !== 0) break;
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);

  it("take their class from our names or from plain English", () => {
    expect(stencilClass("gate_valve")).toBe("gate_valve");
    expect(stencilClass("Centrifugal Pump 2")).toBe("centrifugal_pump");
    expect(stencilClass("Forklift (Truck)")).toBeUndefined();
  });

  it("turn half a circle into two cubic pieces through its top", () => {
    const pieces = svgArc([0, 0], [10, 10], 0, false, true, [20, 0]);
    expect(pieces).toHaveLength(2);
    for (const [piece, end] of [
      [pieces[0]!, [10, -10]],
      [pieces[1]!, [20, 0]],
    ] as const)
      for (const i of [0, 1]) expect(piece[4 + i]).toBeCloseTo(end[i]!, 6);
  });
});
