import { crc32, deflateSync } from "node:zlib";

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(body, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function png(side: number, chunks: Buffer[]): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0], 8);
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  return Buffer.concat([signature, chunk("IHDR", header), ...chunks, chunk("IEND", new Uint8Array(0))]);
}

const zeros = (bytes: number) => deflateSync(Buffer.alloc(bytes), { level: 9 });

/** A PNG of some 30 kB whose pixels would take gigabytes. */
export const pixelBomb = (sidePx: number) => png(sidePx, [chunk("IDAT", zeros(30_000_000))]);

/** A small PNG with a comment that inflates to more than any picture needs. */
export function commentBomb(commentBytes: number): Uint8Array {
  const text = Buffer.concat([Buffer.from("Comment\0\0", "latin1"), zeros(commentBytes)]);
  return png(500, [chunk("zTXt", text), chunk("IDAT", zeros(501 * 500))]);
}

/** A TIFF of a few bytes that claims to be larger than any scanner. */
export function tiffBomb(sidePx: number): Uint8Array {
  const tags: [tag: number, type: 3 | 4, value: number][] = [
    [256, 4, sidePx],
    [257, 4, sidePx],
    [258, 3, 8],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 4, sidePx],
    [279, 4, 4],
  ];
  const out = Buffer.alloc(8 + 2 + tags.length * 12 + 4);
  out.set(Buffer.from("49492a0008000000", "hex"));
  out.writeUInt16LE(tags.length, 8);
  for (const [i, [tag, type, value]] of tags.entries()) {
    const at = 10 + i * 12;
    out.writeUInt16LE(tag, at);
    out.writeUInt16LE(type, at + 2);
    out.writeUInt32LE(1, at + 4);
    out.writeUInt32LE(value, at + 8);
  }
  return out;
}
