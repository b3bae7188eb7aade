import { describe, expect, it } from "vitest";
import { classNames, graphRoleOf } from "./index.ts";

describe("what a symbol is to the lines around it", () => {
  it("is a node for equipment, valves and instruments", () => {
    for (const name of ["gate_valve", "centrifugal_pump"]) expect(graphRoleOf(name)).toBe("node");
    expect(classNames.filter((name) => graphRoleOf(name) === "node").length).toBeGreaterThan(30);
  });

  it("is an arrow or a connector for ours and for names of other models", () => {
    for (const name of ["flow_arrow", "arrowhead", "Arrow-Right"]) expect(graphRoleOf(name)).toBe("arrow");
    for (const name of ["offpage_connector", "Off-Page Connector", "off sheet"])
      expect(graphRoleOf(name)).toBe("offpage");
  });

  it("is nothing for texts, and a node for what nobody knows", () => {
    expect(graphRoleOf("text_block")).toBe("ignore");
    expect(graphRoleOf("class_17")).toBe("node");
  });
});
