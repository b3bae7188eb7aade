import { describe, expect, it } from "vitest";
import {
  classIndex,
  classNames,
  flatten,
  shapeBounds,
  superclassOf,
  symbolClasses,
  symbolSvg,
} from "./index.ts";
import { manners } from "./manners/all.ts";

describe("symbol catalogue", () => {
  it("keeps the label order that trained models rely on", () => {
    expect(classNames).toEqual([
      ..."gate_valve globe_valve ball_valve butterfly_valve check_valve needle_valve plug_valve diaphragm_valve".split(
        " ",
      ),
      ..."three_way_valve angle_valve safety_valve control_valve motor_operated_valve solenoid_valve".split(
        " ",
      ),
      ..."pressure_regulator centrifugal_pump positive_displacement_pump compressor blower turbine".split(
        " ",
      ),
      ..."vessel drum column tank reactor shell_and_tube_exchanger plate_exchanger heat_exchanger".split(" "),
      ..."air_cooler fired_heater instrument_field instrument_panel instrument_local_panel".split(" "),
      ..."instrument_behind_panel shared_display plc computer_function interlock flow_meter reducer flange".split(
        " ",
      ),
      ..."blind_flange orifice_plate spectacle_blind strainer filter steam_trap expansion_joint".split(" "),
      ..."sight_glass rupture_disc vent drain offpage_connector flow_arrow".split(" "),
    ]);
  });

  it("finds every class by name and gives its family", () => {
    for (const [i, c] of symbolClasses.entries()) {
      expect(classIndex(c.name)).toBe(i);
      expect(superclassOf(c.name)).toBe(c.superclass);
    }
    expect(classIndex("valve_of_unknown_make")).toBeUndefined();
  });

  it("has at least two drawings of every class, all of commands that flatten", () => {
    for (const c of symbolClasses) {
      expect(c.variants.length, c.name).toBeGreaterThanOrEqual(2);
      for (const v of c.variants) {
        for (const s of v.strokes) expect(flatten(s.d).length, c.name).toBeGreaterThan(0);
        const [x0, y0, x1, y1] = shapeBounds(v);
        expect(x1 - x0 + (y1 - y0), c.name).toBeGreaterThan(0.3);
      }
    }
  });

  it("adds further manners after the drawings a class comes with, for classes that exist", () => {
    for (const [name, shapes] of Object.entries(manners)) {
      const known = symbolClasses[classIndex(name)!];
      expect(known?.variants.slice(-shapes.length), name).toEqual(shapes);
      expect(known!.variants.length, name).toBeGreaterThan(shapes.length);
    }
    // The one that legends and exports show.
    expect(symbolSvg("ball_valve")!.body.match(/<path/g)).toHaveLength(2);
    for (const name of ["gate_valve", "globe_valve", "ball_valve", "needle_valve", "control_valve"])
      expect(symbolClasses[classIndex(name)!]!.variants.length, name).toBeGreaterThan(6);
  });

  it("draws no shape twice", () => {
    const seen = new Map<string, string>();
    for (const c of symbolClasses.filter((k) => k.superclass === "valve"))
      for (const v of c.variants) {
        const drawn = JSON.stringify([v.strokes, v.labels]);
        expect(seen.get(drawn), c.name).toBeUndefined();
        seen.set(drawn, c.name);
      }
  });

  it("puts the ports of in-line symbols at the west and east end of one axis", () => {
    for (const c of symbolClasses.filter((k) => k.role === "inline")) {
      for (const v of c.variants) {
        const [w, e] = [v.ports.find((p) => p.side === "W"), v.ports.find((p) => p.side === "E")];
        expect(w, c.name).toMatchObject({ y: 0 });
        expect(e, c.name).toMatchObject({ y: 0, x: -w!.x });
        const [x0, , x1] = shapeBounds(v);
        // A handle may lean a little over the end.
        expect(Math.abs(x0 - w!.x), c.name).toBeLessThan(0.05);
        expect(Math.abs(x1 - e!.x), c.name).toBeLessThan(0.05);
      }
    }
  });

  it("keeps ports of equipment on whole modules, so that lines on the grid meet them", () => {
    for (const c of symbolClasses.filter((k) => k.superclass === "vessel" || k.superclass === "exchanger")) {
      for (const v of c.variants)
        for (const p of v.ports) {
          const across = p.side === "N" || p.side === "S" ? p.x : p.y;
          expect(Number.isInteger(across), `${c.name} ${p.name}`).toBe(true);
        }
    }
  });

  it("draws any class as SVG and answers undefined for a stranger", () => {
    for (const name of classNames) expect(symbolSvg(name)!.body).toContain("<path");
    expect(symbolSvg("nothing")).toBeUndefined();
  });

  it("refuses path commands it does not know", () => {
    expect(() => flatten("M0 0Q1 1 2 2")).toThrow(RangeError);
  });
});
