import { pngChunk, SIGNATURE } from "./png-chunks.ts";

/** Rows handed to the compressor at once. */
const ROWS = 64;

/**
 * An 8-bit grey PNG (third edition) of a mask, made piece by piece: beside the mask itself only compressed bytes are held.
 * A canvas would want four bytes a pixel.
 */
export async function writeGreyPng(widthPx: number, heightPx: number, data: Uint8Array): Promise<Blob> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  header[8] = 8;
  let row = 0;
  const rows = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const many = Math.min(ROWS, heightPx - row);
      if (many === 0) return controller.close();
      const out = new Uint8Array(many * (widthPx + 1));
      for (let i = 0; i < many; i++, row++)
        out.set(data.subarray(row * widthPx, (row + 1) * widthPx), i * (widthPx + 1) + 1);
      controller.enqueue(out);
    },
  });
  const parts: BlobPart[] = [SIGNATURE as Uint8Array<ArrayBuffer>, pngChunk("IHDR", header)];
  const reader = rows.pipeThrough(new CompressionStream("deflate")).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(pngChunk("IDAT", value));
  }
  parts.push(pngChunk("IEND", new Uint8Array()));
  return new Blob(parts, { type: "image/png" });
}
