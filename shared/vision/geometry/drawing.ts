import type { Box, Mask, Point } from "./types.ts";

/** Draws masks of lines for tests and benches: strokes of any width on an empty sheet. */
export class Drawing implements Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.data = new Uint8Array(width * height);
  }

  /** A polyline with square ends flush with its first and last point; `thickness` rows or columns wide. */
  line(points: readonly Point[], thickness: number): this {
    for (let k = 1; k < points.length; k++) this.#segment(points[k - 1]!, points[k]!, thickness);
    return this;
  }

  /** A polyline drawn in dashes: lengths of ink and of gap in turn, beginning with ink, running on round corners. */
  dashes(points: readonly Point[], thickness: number, pattern: readonly number[]): this {
    let [slot, left] = [0, pattern[0]!];
    for (let k = 1; k < points.length; k++) {
      const [a, b] = [points[k - 1]!, points[k]!];
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      const at = (t: number): Point => [
        a[0] + ((b[0] - a[0]) * t) / length,
        a[1] + ((b[1] - a[1]) * t) / length,
      ];
      for (let t = 0; t < length; ) {
        const step = Math.min(left, length - t);
        if (slot % 2 === 0) this.#segment(at(t), at(t + step), thickness);
        t += step;
        left -= step;
        if (left <= 1e-9) {
          slot = (slot + 1) % pattern.length;
          left = pattern[slot]!;
        }
      }
    }
    return this;
  }

  /** An arc of a circle, degrees clockwise from east. */
  arc(center: Point, radius: number, fromDeg: number, toDeg: number, thickness: number): this {
    const at = (deg: number): Point => [
      center[0] + radius * Math.cos((deg * Math.PI) / 180),
      center[1] + radius * Math.sin((deg * Math.PI) / 180),
    ];
    const points: Point[] = [];
    for (let deg = fromDeg; deg <= toDeg; deg += 3) points.push(at(deg));
    for (const p of points) this.disc(p, thickness / 2);
    return this.line([...points, at(toDeg)], thickness);
  }

  disc([cx, cy]: Point, radius: number): this {
    return this.#fill(
      [cx - radius, cy - radius, 2 * radius, 2 * radius],
      (x, y) => Math.hypot(x - cx, y - cy) <= radius,
    );
  }

  box([x, y, w, h]: Box): this {
    return this.#fill([x, y, w, h], () => true);
  }

  #segment(a: Point, b: Point, thickness: number): void {
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    const half = thickness / 2;
    this.#fill(
      [
        Math.min(a[0], b[0]) - half,
        Math.min(a[1], b[1]) - half,
        Math.abs(b[0] - a[0]) + thickness,
        Math.abs(b[1] - a[1]) + thickness,
      ],
      (x, y) => {
        const along = (x - a[0]) * ux + (y - a[1]) * uy;
        const across = Math.abs((x - a[0]) * uy - (y - a[1]) * ux);
        return across <= half && along >= -half * 0.99 && along <= length + half * 0.99;
      },
    );
  }

  #fill(box: Box, inside: (x: number, y: number) => boolean): this {
    for (
      let y = Math.max(0, Math.floor(box[1]));
      y < Math.min(this.height, Math.ceil(box[1] + box[3]) + 1);
      y++
    )
      for (
        let x = Math.max(0, Math.floor(box[0]));
        x < Math.min(this.width, Math.ceil(box[0] + box[2]) + 1);
        x++
      )
        if (inside(x + 0.5, y + 0.5)) this.data[y * this.width + x] = 1;
    return this;
  }
}
