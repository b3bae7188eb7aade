import { expect, test } from "vitest";
import { exampleGraph } from "#test/example-graph";
import { toDexpi } from "./to-dexpi.ts";

const xml = toDexpi(exampleGraph());
/** The text of one element, from its start tag to its end tag. */
const element = (name: string, id: string) =>
  new RegExp(`<${name} ID="${id}"[\\s\\S]*?</${name}>`).exec(xml)?.[0] ?? "";

test("says which schema it follows and when it was made, the same every time", () => {
  expect(xml).toMatch(
    /<PlantInformation SchemaVersion="4\.1\.1"[^>]* Date="1970-01-01" Time="00:00:00\.000"/,
  );
  expect(toDexpi(exampleGraph(), { createdAt: "2024-02-03T04:05:06Z" })).toContain(
    'Date="2024-02-03" Time="04:05:06.000"',
  );
  expect(toDexpi(exampleGraph())).toBe(xml);
});

test("writes a pump as equipment with a nozzle for each pipe", () => {
  const pump = element("Equipment", "Equipment-n4");
  expect(pump).toContain('TagName="P-101A" ComponentClass="CentrifugalPump"');
  expect(pump.match(/<Nozzle /g)).toHaveLength(2);
});

test("runs a segment from nozzle to nozzle through valves and a tapping tee, with the flow", () => {
  expect(xml).toContain('<Connection FromID="Nozzle-n4-e4" FromNode="1" ToID="Nozzle-n8-e7" ToNode="1"/>');
  const segment = xml.slice(xml.indexOf("<PipingNetworkSegment "), xml.indexOf("</PipingNetworkSegment>"));
  const order = [...segment.matchAll(/<(?:CenterLine|PipingComponent) ID="([^"]*)"/g)].map(
    (match) => match[1],
  );
  expect(order).toEqual([
    "CenterLine-e4",
    "PipingComponent-n5",
    "CenterLine-e5",
    "PipingComponent-n6",
    "CenterLine-e6",
    "PipingComponent-n7",
    "CenterLine-e7",
  ]);
});

test("gives a measuring line to the instrument that measures, with its sensing function at the tee", () => {
  const transmitter = element("ProcessInstrumentationFunction", "Instrument-n17");
  expect(transmitter).toContain('<Association Type="is located in" ItemID="PipingComponent-n6"/>');
  expect(transmitter).toContain('ComponentClass="MeasuringLineFunction"');
  expect(transmitter).toContain('Name="ProcessInstrumentationFunctionNumberAssignmentClass" Value="101"');
  expect(element("PipingComponent", "PipingComponent-n6")).toContain(
    '<Association Type="is the location of" ItemID="Sensing-n6"/>',
  );
});

test("lets a controller act on its valve by a pneumatic signal", () => {
  const controller = element("ProcessInstrumentationFunction", "Instrument-n18");
  expect(controller).toContain('<ActuatingFunction ID="Actuating-n7"');
  expect(controller).toContain('Value="PneumaticSignalConveying"');
  expect(controller).toContain('<Connection FromID="Instrument-n18" ToID="Actuating-n7"/>');
});

test("tells where flow comes into the sheet and where it leaves", () => {
  expect(xml).toContain('<PipeOffPageConnector ID="OffPage-n1" ComponentClass="FlowInPipeOffPageConnector"');
  expect(xml).toContain(
    '<PipeOffPageConnector ID="OffPage-n22" ComponentClass="FlowOutPipeOffPageConnector"',
  );
});

test("measures in millimetres from the lower left corner", () => {
  const at = toDexpi(exampleGraph(), { dpi: 254 });
  expect(at).toContain('<Max X="200" Y="120" Z="0"/>');
  expect(at).toMatch(/ID="CenterLine-e2"[\s\S]*?<Coordinate X="36" Y="60" Z="0"\/>/);
});
