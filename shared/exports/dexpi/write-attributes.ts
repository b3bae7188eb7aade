import type { XmlWriter } from "../xml/create-xml-writer.ts";

type Values = Readonly<Record<string, string | number | undefined>>;

/** Writes attributes DEXPI defines, by their names in its reference data library (`TagNameAssignmentClass`). */
export function writeDexpiAttributes(xml: XmlWriter, values: Values): void {
  writeSet(xml, "DexpiAttributes", values, (name) => `http://sandbox.dexpi.org/rdl/${name}`);
}

/** Writes what DEXPI has no attribute for: score, line style and the like. */
export function writeOwnAttributes(xml: XmlWriter, values: Values): void {
  writeSet(xml, "CustomAttributes", values, () => undefined);
}

function writeSet(
  xml: XmlWriter,
  set: string,
  values: Values,
  uri: (name: string) => string | undefined,
): void {
  const present = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  if (present.length === 0) return;
  xml.open("GenericAttributes", { Number: present.length, Set: set });
  for (const [Name, value] of present)
    xml.leaf("GenericAttribute", {
      Name,
      Value: String(value),
      Format: typeof value === "number" ? "double" : "string",
      AttributeURI: uri(Name),
    });
  xml.close();
}
