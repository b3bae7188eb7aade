import type { Mask } from "#shared/vision";

/**
 * Draws a mask like the lines of a large sheet, the same every time: runs of pipe with corners, tees, jump arcs and plain
 * crossings, dashed signal lines, slanted lines; widths of 3 to 7 px.
 */
export function drawSheet(width: number, height: number, lines = 40, seed = 7): Mask {
  const data = new Uint8Array(width * height);
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const stroke = (x0: number, y0: number, x1: number, y1: number, thickness: number) => {
    const length = Math.hypot(x1 - x0, y1 - y0);
    const radius = thickness / 2;
    for (let t = 0; t <= length; t += 0.5) {
      const cx = x0 + ((x1 - x0) * t) / (length || 1);
      const cy = y0 + ((y1 - y0) * t) / (length || 1);
      for (let y = Math.ceil(cy - radius); y < cy + radius; y++)
        for (let x = Math.ceil(cx - radius); x < cx + radius; x++)
          if (x >= 0 && y >= 0 && x < width && y < height) data[y * width + x] = 1;
    }
  };
  const dashed = (x0: number, y0: number, x1: number, y1: number, thickness: number) => {
    const length = Math.hypot(x1 - x0, y1 - y0);
    for (let t = 0; t < length; t += 32) {
      const end = Math.min(length, t + 20);
      const at = (s: number): [number, number] => [
        x0 + ((x1 - x0) * s) / length,
        y0 + ((y1 - y0) * s) / length,
      ];
      stroke(...at(t), ...at(end), thickness);
    }
  };
  for (let n = 0; n < lines; n++) {
    const thickness = 3 + random(5);
    let [x, y] = [100 + random(width - 200), 100 + random(height - 200)];
    for (let leg = 0; leg < 4; leg++) {
      const across = (leg + n) % 2 === 0;
      const to: [number, number] = across ? [100 + random(width - 200), y] : [x, 100 + random(height - 200)];
      if (n % 5 === 0) dashed(x, y, ...to, 3);
      else stroke(x, y, ...to, thickness);
      if (n % 7 === 0) {
        const [mx, my] = [(x + to[0]) / 2, (y + to[1]) / 2];
        for (let a = 0; a < 180; a += 4) {
          const [p, q] = [(a * Math.PI) / 180, ((a + 4) * Math.PI) / 180];
          stroke(
            mx + 20 * Math.cos(p),
            my - 20 * Math.sin(p),
            mx + 20 * Math.cos(q),
            my - 20 * Math.sin(q),
            thickness,
          );
        }
      }
      [x, y] = to;
    }
    if (n % 11 === 0) stroke(x, y, x + 300, y + 220, thickness);
  }
  return { width, height, data };
}
