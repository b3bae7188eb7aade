/**
 * Elliptic arc given by its end points, as cubic pieces, after the SVG 1.1 implementation notes (F.6.5 and F.6.6).
 * @returns x1, y1, x2, y2, x, y for each piece
 */
export function svgArc(
  from: readonly [number, number],
  radii: readonly [number, number],
  turnDegrees: number,
  large: boolean,
  sweep: boolean,
  to: readonly [number, number],
): number[][] {
  const [x0, y0] = from;
  const [x1, y1] = to;
  let [rx, ry] = [Math.abs(radii[0]), Math.abs(radii[1])];
  if (x0 === x1 && y0 === y1) return [];
  if (rx === 0 || ry === 0) return [[x0, y0, x1, y1, x1, y1]];
  const turn = (turnDegrees * Math.PI) / 180;
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const [hx, hy] = [(x0 - x1) / 2, (y0 - y1) / 2];
  const [px, py] = [c * hx + s * hy, -s * hx + c * hy];
  const grow = Math.sqrt((px / rx) ** 2 + (py / ry) ** 2);
  if (grow > 1) [rx, ry] = [rx * grow, ry * grow];
  const top = Math.max(0, (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2);
  const k = (large === sweep ? -1 : 1) * Math.sqrt(top / ((rx * py) ** 2 + (ry * px) ** 2));
  const [ux, uy] = [(k * rx * py) / ry, (-k * ry * px) / rx];
  const [cx, cy] = [c * ux - s * uy + (x0 + x1) / 2, s * ux + c * uy + (y0 + y1) / 2];
  const start = Math.atan2((py - uy) / ry, (px - ux) / rx);
  let span = Math.atan2((-py - uy) / ry, (-px - ux) / rx) - start;
  if (sweep && span < 0) span += 2 * Math.PI;
  if (!sweep && span > 0) span -= 2 * Math.PI;
  const pieces = Math.max(1, Math.ceil(Math.abs(span) / (Math.PI / 2) - 1e-9));
  const step = span / pieces;
  const b = (4 / 3) * Math.tan(step / 4);
  const at = (x: number, y: number) => [cx + c * rx * x - s * ry * y, cy + s * rx * x + c * ry * y] as const;
  return Array.from({ length: pieces }, (_, i) => {
    const [t, u] = [start + i * step, start + (i + 1) * step];
    const [c0, s0, c1, s1] = [Math.cos(t), Math.sin(t), Math.cos(u), Math.sin(u)];
    return [...at(c0 - b * s0, s0 + b * c0), ...at(c1 + b * s1, s1 - b * c1), ...at(c1, s1)];
  });
}
