/** File formats a drawing may come in. */
export type SourceFormat = "png" | "jpeg" | "tiff" | "webp" | "pdf" | "svg";

const startsWith = (bytes: Uint8Array, ...head: number[]) => head.every((byte, i) => bytes[i] === byte);
const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)));

/**
 * Tells the format of a file by its first bytes; names and content types are not trusted.
 * @returns undefined when it is none of {@link SourceFormat}
 */
export function sniffFormat(bytes: Uint8Array): SourceFormat | undefined {
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "png";
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return "jpeg";
  if (startsWith(bytes, 0x49, 0x49, 0x2a, 0) || startsWith(bytes, 0x4d, 0x4d, 0, 0x2a)) return "tiff";
  if (startsWith(bytes, 0x49, 0x49, 0x2b, 0) || startsWith(bytes, 0x4d, 0x4d, 0, 0x2b)) return "tiff"; // BigTIFF
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "webp";
  const head = ascii(bytes, 0, 1024);
  if (head.includes("%PDF-")) return "pdf"; // readers accept up to 1 kB of rubbish before it
  const text = head.replace(/^\u00ef\u00bb\u00bf/, "").trimStart();
  if (text.startsWith("<") && /<svg[\s>]/.test(ascii(bytes, 0, 16_384))) return "svg";
  return undefined;
}
