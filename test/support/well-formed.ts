import sharp from "sharp";

/**
 * Rejects unless a document is well-formed XML with bound namespace prefixes, as libxml2 reads it: the document becomes
 * the content of an SVG that sharp opens. The declaration may only stand at the start of a file, so it is cut off.
 */
export async function assertWellFormed(xml: string): Promise<void> {
  if (!xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n'))
    throw new Error("the XML declaration is missing");
  const body = xml.slice(xml.indexOf("\n"));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><metadata>${body}</metadata></svg>`;
  await sharp(Buffer.from(svg)).metadata();
}
