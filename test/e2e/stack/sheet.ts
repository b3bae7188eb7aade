import { encodePng, generateSheet, type Truth } from "#shared/synth";

/** A generated sheet as a file, and what is on it. The same arguments give the same bytes. */
export async function sheetPng(
  seed: number,
  widthPx: number,
  heightPx: number,
): Promise<{ png: Uint8Array; truth: Truth }> {
  const sheet = await generateSheet({ seed, widthPx, heightPx, density: 0.8 });
  return { png: encodePng(sheet.image, widthPx, heightPx, sheet.channels, 300), truth: sheet.truth };
}
