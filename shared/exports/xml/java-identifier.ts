import { createNamePool, type NamePool } from "./create-name-pool.ts";

/** Reserved words and literals of Java 21, `_`, and the names an FXML namespace defines itself. */
const RESERVED = new Set(
  (
    "abstract assert boolean break byte case catch char class const continue default do double else enum extends " +
    "final finally float for goto if implements import instanceof int interface long native new package private " +
    "protected public return short static strictfp super switch synchronized this throw throws transient try void " +
    "volatile while true false null _ var yield record sealed permits non when exports module requires " +
    "controller location resources"
  ).split(" "),
);

/**
 * Letters outside ASCII that are kept: Latin, Greek, Cyrillic, kana, common Han and Hangul. Every Java since 7 knows
 * them all, whereas newer Unicode letters would be refused by an older runtime.
 */
const KEPT_LETTER =
  /[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0481\u048a-\u0523\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3]/;

/**
 * Turns any text into a Java identifier that still reads like the text: `P-101A/B` becomes `P_101A_B`, `24-VLV`
 * becomes `_24_VLV`, `class` becomes `class_`. Text without any letter or digit gives the fallback.
 *
 * @param fallback used when nothing of the text is left; must be an identifier itself
 */
export function javaIdentifier(text: string, fallback = "item"): string {
  let name = "";
  for (const character of text.normalize("NFC")) {
    if (/[A-Za-z0-9_]/.test(character) || KEPT_LETTER.test(character)) name += character;
    else if (/[\p{L}\p{N}]/u.test(character)) name += `u${character.codePointAt(0)?.toString(16)}`;
    else if (!name.endsWith("_")) name += "_";
  }
  name = name.replace(/^_+(?=.)|_+$/g, "");
  if (name === "" || name === "_") return fallback;
  if (/^[0-9]/.test(name)) name = `_${name}`;
  return RESERVED.has(name) ? `${name}_` : name;
}

/** A pool of Java identifiers for one file: unique, and none of them reserved. */
export function createIdentifierPool(): NamePool {
  const unique = createNamePool(RESERVED);
  return (text) => unique(javaIdentifier(text));
}
