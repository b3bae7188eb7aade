/**
 * Turns a class or line type into one CSS class name that JavaFX and browsers take without quoting: letters, digits,
 * `-` and `_`; anything else becomes `-`. `gate_valve` stays as it is, `Valve, gate` becomes `Valve-gate`.
 */
export function styleClass(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^-+|-+$/g, "");
  if (safe === "") return "unnamed";
  return /^[A-Za-z_]/.test(safe) ? safe : `c-${safe}`;
}
