import type { SymbolRole } from "./types.ts";

/** Role of a class by its usual names: arrows, off-page connectors, texts; anything else is a node. */
export function defaultRoleOf(className: string): SymbolRole {
  const name = className.toLowerCase().replace(/[\s-]+/g, "_");
  if (/(^|_)arrow(s|head)?($|_)/.test(name)) return "arrow";
  if (/off_?page|sheet_connector|^connector$/.test(name)) return "offpage";
  if (/^(text|tag|label|line_number)$/.test(name)) return "ignore";
  return "node";
}
