import Table from "cli-table3";
import { paint } from "./style.ts";

/** Options every verb that prints takes. */
export interface PrintOptions {
  /** One JSON value instead of text for people. */
  json?: boolean;
}

/** Prints a value for scripts, or what people read. */
export function print(options: PrintOptions, value: unknown, human: () => string): void {
  process.stdout.write(`${options.json ? JSON.stringify(value) : human()}\n`);
}

/** A table without lines; the first row names the columns. Columns named with a leading `>` are set to the right. */
export function table(columns: string[], rows: (string | number)[][]): string {
  if (rows.length === 0) return paint("gray", "(none)");
  const none = "";
  const result = new Table({
    head: columns.map((name) => paint("bold", name.replace(/^>/, ""))),
    colAligns: columns.map((name) => (name.startsWith(">") ? "right" : "left")),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    chars: {
      top: none,
      "top-mid": none,
      "top-left": none,
      "top-right": none,
      bottom: none,
      "bottom-mid": none,
      "bottom-left": none,
      "bottom-right": none,
      left: none,
      "left-mid": none,
      mid: none,
      "mid-mid": none,
      right: none,
      "right-mid": none,
      middle: none,
    },
  });
  for (const row of rows) result.push(row.map(String));
  return result
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
