import { symbolClasses } from "#shared/symbols";
import type { Random } from "./random.ts";
import type { StencilLibrary } from "./stencils/read-stencils.ts";
import { type Drafting, type LineStyle, lineStyles } from "./types.ts";

/** Draws the habits of one drafting office: every length follows from the cell. */
export function chooseDrafting(random: Random, widthPx: number, library?: StencilLibrary): Drafting {
  const largest = Math.min(92, Math.max(44, widthPx / 40));
  const cell = random.int(34, Math.round(largest));
  const processWidth = Math.max(2, Math.min(6, Math.round(cell * random.real(0.045, 0.09))));
  const thin = Math.max(1.5, Math.min(processWidth, Math.round(processWidth * random.real(0.5, 1) * 2) / 2));
  const signals = random.shuffle(lineStyles.slice(1) as LineStyle[]).slice(0, random.int(1, 3));
  if (random.chance(0.7) && !signals.includes("dashed")) signals[0] = "dashed";
  const dash = cell * random.real(0.15, 0.4);
  return {
    cell,
    processWidth,
    thinWidth: thin,
    symbolWidth: random.pick([processWidth, thin, Math.max(1.5, processWidth - 1)]),
    frameWidth: random.pick([2, 3, 4]),
    module: cell * random.real(0.85, 1.25),
    balloon: cell * random.real(0.9, 1.2),
    arrow: Math.min(30, Math.max(9, cell * random.real(0.22, 0.45))),
    arrowVariant: random.int(0, 3),
    jumpRadius: Math.max(processWidth * 2, cell * random.real(0.14, 0.26)),
    jumpChance: random.pick([0, 0, 0.5, 0.85, 1]),
    jumps: random.pick(["horizontal", "vertical", "random"] as const),
    dotChance: random.pick([0, 0, 0.3, 1]),
    dotRadius: processWidth * random.real(1.2, 2.2),
    textHeight: Math.max(11, cell * random.real(0.22, 0.34)),
    fontWeight: random.pick([300, 400, 400, 500, 700] as const),
    textStretch: random.real(0.85, 1.35),
    dash: [dash, dash * random.real(0.35, 0.9)],
    dot: [Math.max(2, thin), Math.max(3, thin * random.real(1.6, 3))],
    signalStyles: signals,
    variants: new Map(symbolClasses.map((c) => [c.name, random.int(0, c.variants.length - 1)])),
    lineNumber: random.pick(["over", "over", "break", "none"] as const),
    foreign: new Map(
      [...(library ?? [])]
        .filter(() => random.chance(0.5))
        .map(([name, shapes]) => [name, random.pick(shapes)]),
    ),
    inlineDensity: random.real(0.45, 0.95),
    arrowChance: random.pick([0.1, 0.35, 0.6]),
    nozzles: random.chance(0.35),
    tagChance: random.real(0.6, 1),
    lineColours: random.chance(0.2) ? random.int(2, 5) : 1,
  };
}
