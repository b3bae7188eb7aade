import { expect, test } from "vitest";
import { createXmlWriter } from "./create-xml-writer.ts";

test("indents, leaves undefined attributes out and escapes values", () => {
  const xml = createXmlWriter();
  xml.instruction("import a.B");
  xml.open("a", { one: 1.239, two: undefined, three: "<" });
  xml.leaf("b", { yes: true });
  xml.text("c", {}, "x & y");
  xml.close();
  expect(xml.document()).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>
<?import a.B?>
<a one="1.24" three="&lt;">
  <b yes="true"/>
  <c>x &amp; y</c>
</a>
`,
  );
});

test("refuses to give out a document with an open element", () => {
  const xml = createXmlWriter();
  xml.open("a");
  expect(() => xml.document()).toThrow("element a is still open");
});
