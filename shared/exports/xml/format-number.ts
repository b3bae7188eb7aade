/**
 * Writes a number for a drawing: at most `digits` decimals, no trailing zeros, never `-0`.
 * A value that is not finite (only possible past the schema) becomes 0, since XML readers refuse `NaN`.
 */
export function formatNumber(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return "0";
  const scale = 10 ** digits;
  const rounded = Math.round(value * scale) / scale;
  return Number.isFinite(rounded) ? String(rounded === 0 ? 0 : rounded) : String(value);
}
