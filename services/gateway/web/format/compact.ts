/** JSON as people skim it, without braces and quotes: `name: pump.png, review: none`. Cut JSON will do; text stays. */
export function compact(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  return text
    .replaceAll(/"uid":"[^"]*",?/g, "")
    .replaceAll(/["{}]/g, "")
    .replaceAll(/,(?=\S)/g, ", ")
    .replaceAll(/:(?=[^\s/])/g, ": ")
    .replace(/^\s*\[?\s*/, "");
}
