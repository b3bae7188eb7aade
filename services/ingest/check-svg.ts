import { PermanentError } from "#shared/errors";

const refuse = (why: string): never => {
  throw new PermanentError(
    "SVG_UNSAFE",
    `the SVG ${why}; only drawings that need nothing but themselves are accepted`,
  );
};

/** Pictures that may be embedded. An SVG within an SVG would escape these checks. */
const EMBEDDED = /^data:image\/(png|jpe?g|webp|gif)[;,]/i;

/**
 * Checks that an SVG loads nothing and expands nothing: no entities, no external references, no imports.
 * @returns its text without the (harmless, widespread) public document type
 * @throws PermanentError `SVG_UNSAFE`
 */
export function checkSvg(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("is not UTF-8");
  }
  if (/<!ENTITY/i.test(text) || /<!DOCTYPE[^>]*\[/i.test(text)) refuse("declares entities");
  const plain = text.replace(/<!DOCTYPE[^>[]*>/gi, "");
  if (/<[\w-]*:?include[\s>]/i.test(plain)) refuse("includes another document");
  for (const [, attribute, , quoted] of plain.matchAll(
    /\s((?:[\w-]+:)?(?:href|src))\s*=\s*(["'])(.*?)\2/gis,
  )) {
    const target = (quoted as string).trim();
    const link = attribute === "href" || attribute === "xlink:href";
    if (!target.startsWith("#") && !EMBEDDED.test(target) && !(link && isAnchor(plain, quoted as string)))
      refuse(`refers to "${target.slice(0, 80)}"`);
  }
  if (/@import|\\[0-9a-f]/i.test(plain.match(/<style[\s\S]*?<\/style>/gi)?.join("") ?? ""))
    refuse("imports a style");
  for (const [, target] of plain.matchAll(/url\(\s*["']?\s*([^)"']*)/gi))
    if (!target?.startsWith("#") && !EMBEDDED.test(target ?? ""))
      refuse(`refers to "${target?.slice(0, 80)}"`);
  if (/<\?xml-stylesheet/i.test(plain)) refuse("names a style sheet");
  return plain;
}

/** A hyperlink is drawn without being followed. */
function isAnchor(text: string, target: string): boolean {
  const at = text.indexOf(target);
  return /<(?:\w+:)?a\s[^<>]*$/i.test(text.slice(Math.max(0, at - 500), at));
}
