import { symbolClass } from "./catalog.ts";

/**
 * What a symbol is to the lines around it: a node they end at, an arrow drawn over them, a connector to another sheet, or
 * nothing (a text a foreign model labels). Names that are not ours are judged by their words.
 */
export function graphRoleOf(name: string): "node" | "arrow" | "offpage" | "ignore" {
  const known = symbolClass(name);
  if (known?.role === "mark") return name.includes("arrow") ? "arrow" : "ignore";
  if (/off[-_ ]?page|off[-_ ]?sheet/i.test(name)) return "offpage";
  if (known) return "node";
  if (/arrow/i.test(name)) return "arrow";
  return /^(text|label|note|line|border|table|title)/i.test(name) ? "ignore" : "node";
}
