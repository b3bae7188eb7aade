import type { Graph } from "#shared/messages";
import { createXmlWriter } from "../xml/create-xml-writer.ts";
import type { Document } from "./document.ts";
import { createDrawingFrame, writeExtent } from "./drawing-frame.ts";
import { layOut } from "./lay-out.ts";
import { planSignals } from "./plan-signals.ts";
import { writeCatalogue } from "./write-catalogue.ts";
import { writeEquipment } from "./write-equipment.ts";
import { writePiping } from "./write-piping.ts";
import { writePresentation } from "./write-presentation.ts";
import { writeInstrumentation, writeLooseSignalConnectors } from "./write-signals.ts";

/** Options of {@link toDexpi}. */
export interface DexpiOptions {
  /**
   * Resolution of the sheet, for millimetres.
   * @default 300
   */
  dpi?: number;
  /**
   * When the file was made, ISO 8601. The schema demands a date; a fixed one keeps the same graph the same file.
   * @default "1970-01-01T00:00:00Z"
   */
  createdAt?: string;
  /**
   * Shown as the drawing's title.
   * @default the sheet's uid
   */
  title?: string;
}

/**
 * Writes `graph.dexpi.xml`: Proteus 4.1.1 with the classes of DEXPI 1.3. Vessels, machines and exchangers become
 * Equipment with a Nozzle per pipe; pipes become segments from end to end through valves and fittings; balloons become
 * ProcessInstrumentationFunctions that own their signals. Crossings have no place in DEXPI and need none: a line that
 * only passes another is one centre line.
 */
export function toDexpi(graph: Graph, options: DexpiOptions = {}): string {
  const { dpi = 300, createdAt = "1970-01-01T00:00:00Z", title = graph.sheet.uid } = options;
  const { uid, widthPx, heightPx } = graph.sheet;
  const [date, time] = new Date(createdAt).toISOString().split(/[TZ]/);
  const xml = createXmlWriter();
  const layout = layOut(graph);
  const document: Document = {
    xml,
    layout,
    frame: createDrawingFrame(heightPx, dpi),
    plan: planSignals(layout),
  };

  xml.open("PlantModel");
  xml.open("PlantInformation", {
    SchemaVersion: "4.1.1",
    Application: "Dexpi",
    ApplicationVersion: "1.3",
    OriginatingSystem: "Penstock",
    OriginatingSystemVendor: "Penstock",
    ModelName: uid,
    Date: date,
    Time: time,
    Is3D: "no",
    Units: "mm",
    Discipline: "PID",
  });
  xml.leaf("UnitsOfMeasure", { Distance: "Millimetre" });
  xml.close();
  writeExtent(xml, document.frame, [0, 0, widthPx, heightPx]);
  writeCatalogue(document);
  xml.open("Drawing", { Name: uid, Type: "PID", Title: title });
  writePresentation(xml, "Drawing", "0.25");
  writeExtent(xml, document.frame, [0, 0, widthPx, heightPx]);
  xml.close();
  for (const [id, { part }] of layout.classes)
    if (part === "equipment") writeEquipment(document, layout.nodes.get(id)!);
  writePiping(document);
  writeInstrumentation(document);
  writeLooseSignalConnectors(document);
  xml.close();
  return xml.document();
}
