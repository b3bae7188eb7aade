import { expect, test } from "vitest";
import { escapeXml } from "./escape-xml.ts";

test("escapes markup and quotes, so that ]]> cannot appear", () => {
  expect(escapeXml(`a<b>&"c'`)).toBe("a&lt;b&gt;&amp;&quot;c&apos;");
  expect(escapeXml("]]>")).toBe("]]&gt;");
});

test("keeps white space as references, which a parser does not fold", () => {
  expect(escapeXml("a\tb\nc\rd")).toBe("a&#9;b&#10;c&#13;d");
});

test("drops what XML cannot hold and keeps every other script and emoji", () => {
  expect(escapeXml("a\u0000b\u001f\ufffe\ud800c\udc00d")).toBe("abcd");
  expect(escapeXml("насос 泵 👷")).toBe("насос 泵 👷");
});
