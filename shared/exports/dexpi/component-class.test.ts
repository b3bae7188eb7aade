import { expect, test } from "vitest";
import { classNames } from "#shared/symbols";
import { dexpiClass } from "./component-class.ts";

test.each([
  ["gate_valve", "GateValve", "http://data.posccaesar.org/rdl/RDS416519"],
  ["GateValve", "GateValve", "http://data.posccaesar.org/rdl/RDS416519"],
  ["centrifugal_pump", "CentrifugalPump", "http://data.posccaesar.org/rdl/RDS416834"],
  ["plate_exchanger", "PlateHeatExchanger", "http://sandbox.dexpi.org/rdl/PlateHeatExchanger"],
  [
    "shared_display",
    "ProcessInstrumentationFunction",
    "http://sandbox.dexpi.org/rdl/ProcessInstrumentationFunction",
  ],
])("knows %s as %s", (className, name, uri) => {
  expect(dexpiClass(className, false)).toMatchObject({ name, uri });
});

test.each([
  ["control_valve", "CustomOperatedValve", "control valve"],
  ["vent", "CustomPipeFitting", "vent"],
  ["double block valve", "CustomOperatedValve", "double block valve"],
  ["Gas-Cooler", "CustomHeatExchanger", "gas cooler"],
  ["gizmo", "CustomEquipment", "gizmo"],
  [undefined, "CustomEquipment", "unknown"],
])("falls back from %s to its family and says what it is", (className, name, typeName) => {
  expect(dexpiClass(className, false)).toMatchObject({ name, typeName });
});

test("takes an unknown symbol in a line for a piping component", () => {
  expect(dexpiClass("gizmo", true)).toMatchObject({ part: "piping", name: "CustomPipingComponent" });
});

test("gives every class of ours a part and a library address", () => {
  for (const name of classNames) {
    const { part, uri } = dexpiClass(name, false);
    expect(["equipment", "piping", "instrument", "offpage"]).toContain(part);
    expect(uri).toMatch(/^http:\/\/(data\.posccaesar|sandbox\.dexpi)\.org\/rdl\/\w+$/);
  }
});
