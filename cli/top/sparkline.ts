const LEVELS = "▁▂▃▄▅▆▇█";

/** Values as a line of blocks, the largest being full; empty without values. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(0, ...values);
  if (most === 0) return LEVELS[0]!.repeat(values.length);
  return values.map((value) => LEVELS[Math.round((value / most) * (LEVELS.length - 1))]).join("");
}
