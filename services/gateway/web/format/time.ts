/** In which zone absolute times are told. */
export type Zone = "local" | "utc";

/** `2026-11-21 03:04:05`, with ` UTC` behind it when it is. */
export function absolute(at: number, zone: Zone): string {
  return `${day(at, zone)} ${clock(at, zone)}${zone === "utc" ? " UTC" : ""}`;
}

/** `03:04:05`, or `03:04:05.678`. */
export function clock(at: number, zone: Zone, withMs = false): string {
  const date = new Date(at);
  const [h, m, s, ms] =
    zone === "utc"
      ? [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), date.getUTCMilliseconds()]
      : [date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds()];
  return `${two(h)}:${two(m)}:${two(s)}${withMs ? `.${String(ms).padStart(3, "0")}` : ""}`;
}

/** `2026-11-21` */
export function day(at: number, zone: Zone): string {
  const date = new Date(at);
  return zone === "utc"
    ? `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const two = (value: number) => String(value).padStart(2, "0");

/** `just now`, `12 s ago`, `3 min ago`, `in 4 h`, `5 d ago`; older than four weeks the day. */
export function relative(at: number, now: number, zone: Zone): string {
  const away = Math.abs(now - at);
  if (away < 3_000) return "just now";
  if (away > 28 * 86_400_000) return day(at, zone);
  const [scale, unit] =
    away < 59_500
      ? [1_000, "s"]
      : away < 3_570_000
        ? [60_000, "min"]
        : away < 84_600_000
          ? [3_600_000, "h"]
          : [86_400_000, "d"];
  const text = `${Math.round(away / (scale as number))} ${unit}`;
  return at > now ? `in ${text}` : `${text} ago`;
}
