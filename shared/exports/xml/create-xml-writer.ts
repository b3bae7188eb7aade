import { escapeXml } from "./escape-xml.ts";
import { formatNumber } from "./format-number.ts";

/** Attribute values in writing order; `undefined` leaves the attribute out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one indented XML document; element and attribute names are ours, all values are escaped. */
export interface XmlWriter {
  /** Starts an element that gets children. */
  open(name: string, attributes?: Attributes): void;
  /** Ends the element started last. */
  close(): void;
  /** Writes an element without children. */
  leaf(name: string, attributes?: Attributes): void;
  /** Writes an element with text content. */
  text(name: string, attributes: Attributes, content: string): void;
  /** Writes a processing instruction such as `import java.util.List`. */
  instruction(content: string): void;
  /** The document so far, with its XML declaration. */
  document(): string;
}

/** Starts a UTF-8 XML document. */
export function createXmlWriter(): XmlWriter {
  const lines: string[] = ['<?xml version="1.0" encoding="UTF-8"?>'];
  const names: string[] = [];
  let indent = "";

  return {
    open(name, attributes = {}) {
      lines.push(`${indent}<${name}${attributeText(attributes)}>`);
      names.push(name);
      indent += "  ";
    },
    close() {
      const name = names.pop();
      if (name === undefined) throw new Error("close() without a matching open()");
      indent = indent.slice(2);
      lines.push(`${indent}</${name}>`);
    },
    leaf(name, attributes = {}) {
      lines.push(`${indent}<${name}${attributeText(attributes)}/>`);
    },
    text(name, attributes, content) {
      lines.push(`${indent}<${name}${attributeText(attributes)}>${escapeXml(content)}</${name}>`);
    },
    instruction(content) {
      lines.push(`${indent}<?${content}?>`);
    },
    document() {
      if (names.length > 0) throw new Error(`element ${names[names.length - 1]} is still open`);
      return `${lines.join("\n")}\n`;
    },
  };
}

function attributeText(attributes: Attributes): string {
  let text = "";
  for (const name in attributes) {
    const value = attributes[name];
    if (value === undefined) continue;
    text += ` ${name}="${typeof value === "number" ? formatNumber(value) : escapeXml(String(value))}"`;
  }
  return text;
}
