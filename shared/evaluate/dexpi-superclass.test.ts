import { expect, it } from "vitest";
import { symbolClasses } from "#shared/symbols";
import { superclassOfDexpi } from "./dexpi-superclass.ts";

it("names a superclass we have for the classes of plant design tools, and none for what is no symbol", () => {
  const classes = ["PlugValve", "CentrifugalPump", "ShellAndTubeHeatExchanger", "Tank", "PipeReducer"];
  const found = classes.map(superclassOfDexpi);
  expect(found).toEqual(["valve", "rotating", "exchanger", "vessel", "fitting"]);
  const ours = new Set<string>(symbolClasses.map(({ superclass }) => superclass));
  for (const name of [...classes, "FlowInPipeConnectorSymbol", "ProcessInstrumentationFunction"])
    expect(ours).toContain(superclassOfDexpi(name));
  expect(superclassOfDexpi("Nozzle")).toBeUndefined();
});
