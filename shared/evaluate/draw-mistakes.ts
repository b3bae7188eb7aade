import type { Mistake, MistakeKind } from "./find-mistakes.ts";

/** Colour and words for every kind of mistake, in the order of the legend. */
const LOOKS: Record<MistakeKind, [colour: string, words: string]> = {
  "missed-symbol": ["#d00000", "symbol missed"],
  "extra-symbol": ["#0050d0", "symbol that is none"],
  "wrong-class": ["#c07000", "symbol of another class"],
  "missed-junction": ["#d00000", "junction missed"],
  "extra-junction": ["#0050d0", "junction that is none"],
  "wrong-junction": ["#c07000", "junction of another kind"],
  "missed-edge": ["#e03060", "line missed"],
  "extra-edge": ["#0090e0", "line that is none"],
  "wrong-direction": ["#8000c0", "flows the other way, or direction not read"],
  "wrong-style": ["#708000", "line of another style"],
};

/**
 * Draws what is wrong over the sheet: red is missed, blue is extra, orange is another class.
 * @param sheetPng the sheet's image, put inside so that the file stands alone
 * @returns SVG of the sheet's size plus a legend below
 */
export function drawMistakes(
  mistakes: readonly Mistake[],
  sheet: { widthPx: number; heightPx: number },
  sheetPng: Uint8Array,
): string {
  const { widthPx: width, heightPx: height } = sheet;
  const unit = Math.max(2, Math.round(Math.max(width, height) / 1000));
  const kinds = Object.keys(LOOKS) as MistakeKind[];
  const counts = new Map(kinds.map((kind) => [kind, mistakes.filter((m) => m.kind === kind).length]));
  const shown = kinds.filter((kind) => counts.get(kind)! > 0);
  const row = 16 * unit;
  const legend = shown.map((kind, i) => {
    const y = height + row * (i + 1);
    const [colour, words] = LOOKS[kind];
    return `<rect x="${row}" y="${y - 9 * unit}" width="${10 * unit}" height="${10 * unit}" fill="${colour}"/><text x="${row * 2.2}" y="${y}">${words}: ${counts.get(kind)}</text>`;
  });
  const total = height + row * (shown.length + 1);
  const image = Buffer.from(sheetPng).toString("base64");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}">
<rect width="100%" height="100%" fill="#fff"/>
<image width="${width}" height="${height}" opacity="0.45" href="data:image/png;base64,${image}"/>
<g fill="none" stroke-width="${unit}" font-family="sans-serif" font-size="${8 * unit}">
${mistakes.map((mistake) => shape(mistake, unit)).join("\n")}
</g>
<g font-family="sans-serif" font-size="${10 * unit}">${legend.join("\n")}</g>
</svg>
`;
}

function shape({ kind, what, bbox, at, points }: Mistake, unit: number): string {
  const [colour] = LOOKS[kind];
  const label = `<title>${escaped(`${LOOKS[kind][1]}: ${what}`)}</title>`;
  if (bbox) {
    const [x, y, w, h] = bbox;
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" stroke="${colour}">${label}</rect><text x="${x}" y="${y - unit}" fill="${colour}">${escaped(what)}</text>`;
  }
  if (at) return `<circle cx="${at[0]}" cy="${at[1]}" r="${6 * unit}" stroke="${colour}">${label}</circle>`;
  // Missed lines are broad and found ones thin, so that both show where they lie on each other.
  const broad = kind === "missed-edge" ? 3 : 1.5;
  const ends = [points![0]!, points!.at(-1)!].map(
    ([x, y]) => `<circle cx="${x}" cy="${y}" r="${2.5 * unit}" fill="${colour}"/>`,
  );
  return `<polyline points="${points!.map((p) => p.join(",")).join(" ")}" stroke="${colour}" stroke-width="${broad * unit}" stroke-opacity="0.7">${label}</polyline>${ends.join("")}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
