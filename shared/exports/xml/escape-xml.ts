/** Everything outside the `Char` production of XML 1.0: control characters, lone surrogates, U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Characters that end or confuse an attribute value; white space is written as a reference so that a parser keeps it. */
const SPECIAL = /[&<>"'\t\n\r]/g;

const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** Drops the characters that no XML 1.0 document may hold, not even as a reference. */
export function dropForbidden(text: string): string {
  return text.replace(FORBIDDEN, "");
}

/**
 * Escapes text for an attribute value or element content. `>` is escaped too, so `]]>` never appears in content.
 * Characters that XML cannot hold are dropped.
 */
export function escapeXml(text: string): string {
  return dropForbidden(text).replace(SPECIAL, (character) => REFERENCES[character] ?? character);
}
