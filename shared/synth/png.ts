import { crc32, deflateSync } from "node:zlib";

/**
 * Encodes 8-bit grey or RGB pixels as PNG. Written here because sheets are mostly white: no filter and the fastest deflate
 * level beat a general encoder several times.
 */
export function encodePng(
  data: Uint8Array,
  widthPx: number,
  heightPx: number,
  channels: 1 | 3,
  dpi?: number,
): Buffer {
  const stride = widthPx * channels;
  if (data.length !== stride * heightPx)
    throw new RangeError(`${data.length} bytes are not ${widthPx} x ${heightPx} x ${channels}`);
  const rows = Buffer.alloc((stride + 1) * heightPx);
  for (let y = 0; y < heightPx; y++)
    rows.set(data.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(widthPx, 0);
  head.writeUInt32BE(heightPx, 4);
  head.set([8, channels === 1 ? 0 : 2, 0, 0, 0], 8);
  const parts = [Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", head)];
  if (dpi) {
    const phys = Buffer.alloc(9);
    const perMetre = Math.round(dpi / 0.0254);
    phys.writeUInt32BE(perMetre, 0);
    phys.writeUInt32BE(perMetre, 4);
    phys[8] = 1;
    parts.push(chunk("pHYs", phys));
  }
  parts.push(chunk("IDAT", deflateSync(rows, { level: 1 })), chunk("IEND", Buffer.alloc(0)));
  return Buffer.concat(parts);
}

function chunk(type: string, body: Buffer): Buffer {
  const out = Buffer.alloc(12 + body.length);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, "latin1");
  out.set(body, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length);
  return out;
}
