/** 0.4 s, 12 s, 3 min 20 s, 2 h 5 min, 4 d 3 h; `–` for none. Milliseconds below a tenth of a second. */
export function duration(ms: number | null | undefined): string {
  if (ms == null || !Number.isFinite(ms)) return "–";
  if (ms < 100) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3_600) return pair(Math.floor(whole / 60), "min", whole % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return pair(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(seconds / 3_600);
  return pair(Math.floor(hours / 24), "d", hours % 24, "h");
}

const pair = (big: number, bigUnit: string, small: number, smallUnit: string) =>
  small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;

/** The largest unit only: 45 s, 3 min, 2 h, 4 d. */
export function coarse(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

/** As {@link duration}, with one unit: 3.8 min, 2.1 h, 4.0 d. Where there is little room. */
export function brief(ms: number | null | undefined): string {
  if (ms == null || ms < 59_500) return duration(ms);
  const [scale, unit] =
    ms < 3_570_000 ? [60_000, "min"] : ms < 84_600_000 ? [3_600_000, "h"] : [86_400_000, "d"];
  const scaled = ms / (scale as number);
  return `${scaled.toFixed(scaled < 9.95 ? 1 : 0)} ${unit}`;
}
