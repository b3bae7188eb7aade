const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** 12,345; `–` for none. */
export function count(value: number | null | undefined): string {
  return value == null ? "–" : whole.format(value);
}

/** 950, 12.3k, 1.2M: where there is little room. */
export function shortCount(value: number): string {
  if (value < 10_000) return whole.format(value);
  const [scale, unit] = value < 999_500 ? [1_000, "k"] : value < 999_500_000 ? [1e6, "M"] : [1e9, "G"];
  const scaled = value / (scale as number);
  return `${scaled.toFixed(scaled < 99.95 ? 1 : 0)}${unit}`;
}

/** 1.2 MB, powers of 1000; `–` for none. */
export function bytes(value: number | null | undefined): string {
  if (value == null) return "–";
  const units = ["B", "kB", "MB", "GB", "TB"];
  let scaled = value;
  let unit = 0;
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${unit === 0 || scaled >= 99.5 ? Math.round(scaled) : scaled.toFixed(1)} ${units[unit]}`;
}

/** 99.5 %, never 100 % while anything failed; `–` for none. `share` is 0..1. */
export function percent(share: number | null | undefined): string {
  if (share == null) return "–";
  if (share === 1) return "100 %";
  const shown = Math.min(99.9, Math.floor(share * 1000) / 10);
  return `${share > 0 && shown === 0 ? "<0.1" : shown.toFixed(1)} %`;
}

/** 12/s, 0.4/s, 3/min: a rate in the unit in which it is a number one can read. `perSecond` is per second. */
export function rate(perSecond: number | null | undefined): string {
  if (perSecond == null) return "–";
  if (perSecond === 0) return "0/s";
  if (perSecond >= 10) return `${whole.format(perSecond)}/s`;
  if (perSecond >= 0.1) return `${perSecond.toFixed(1)}/s`;
  const perMinute = perSecond * 60;
  if (perMinute >= 0.1) return `${perMinute < 10 ? perMinute.toFixed(1) : Math.round(perMinute)}/min`;
  return "<0.1/min";
}
