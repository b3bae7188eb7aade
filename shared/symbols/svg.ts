import { shapeBounds } from "./bounds.ts";
import { symbolClass } from "./catalog.ts";

/** A class drawn as SVG markup: a viewBox around its geometry and the paths inside, ink as `currentColor`. */
export interface SymbolSvg {
  viewBox: string;
  body: string;
}

/**
 * SVG of a class for legends and exports.
 * @param name class name; undefined comes back for one we do not have
 * @param variant which way of drawing it, taken modulo their number
 */
export function symbolSvg(name: string, variant = 0): SymbolSvg | undefined {
  const known = symbolClass(name);
  if (!known) return undefined;
  const shape = known.variants[variant % known.variants.length]!;
  const [x0, y0, x1, y1] = shapeBounds(shape);
  const width = 0.04 * Math.max(x1 - x0, y1 - y0, 0.5);
  const body = shape.strokes
    .map((s) => {
      const fill = s.fill === "ink" ? "currentColor" : s.fill === "paper" ? "var(--paper,#fff)" : "none";
      const dash = s.dashed ? ` stroke-dasharray="${width * 3} ${width * 2}"` : "";
      return `<path d="${s.d}" fill="${fill}" stroke="${s.stroke ? "currentColor" : "none"}" stroke-width="${width}"${dash}/>`;
    })
    .join("");
  const texts = (shape.labels ?? [])
    .filter((l) => !["tag", "letters", "number"].includes(l.text))
    .map(
      (l) =>
        `<text x="${l.x}" y="${l.y + l.height / 2}" font-size="${l.height * 1.4}" text-anchor="middle" fill="currentColor">${l.text}</text>`,
    )
    .join("");
  return {
    viewBox: [x0 - width, y0 - width, x1 - x0 + 2 * width, y1 - y0 + 2 * width].join(" "),
    body: body + texts,
  };
}
