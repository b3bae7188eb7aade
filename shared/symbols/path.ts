/** One flattened piece of a path: x0,y0,x1,y1,… and whether it is closed. */
export interface Subpath {
  points: number[];
  closed: boolean;
}

const PIECES = 12;

/** Reads path data made of absolute M, L, C and Z; curves become short chords. Throws on any other command. */
export function flatten(d: string): Subpath[] {
  const out: Subpath[] = [];
  let now: Subpath = { points: [], closed: false };
  for (const [, op, rest] of d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const v = (rest ?? "").match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? [];
    const p = now.points;
    if (op === "M") {
      now = { points: [v[0]!, v[1]!], closed: false };
      out.push(now);
    } else if (op === "L") for (const c of v) p.push(c);
    else if (op === "Z") now.closed = true;
    else if (op === "C") {
      for (let i = 0; i + 5 < v.length; i += 6) {
        const [x0, y0] = [p[p.length - 2]!, p[p.length - 1]!];
        for (let k = 1; k <= PIECES; k++) p.push(...cubic(x0, y0, v, i, k / PIECES));
      }
    } else throw new RangeError(`path command ${op} is not one of M, L, C, Z`);
  }
  return out;
}

function cubic(x0: number, y0: number, v: number[], i: number, t: number): [number, number] {
  const u = 1 - t;
  const [a, b, c, e] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return [
    a * x0 + b * v[i]! + c * v[i + 2]! + e * v[i + 4]!,
    a * y0 + b * v[i + 1]! + c * v[i + 3]! + e * v[i + 5]!,
  ];
}
