import { type SymbolClass, symbolClass, symbolClasses } from "#shared/symbols";
import type { Random } from "./random.ts";
import type { StencilLibrary } from "./stencils/read-stencils.ts";
import { type Drafting, type LineStyle, lineStyles } from "./types.ts";

/** Draws the habits of one drafting office: every length follows from the cell. */
export function chooseDrafting(random: Random, widthPx: number, library?: StencilLibrary): Drafting {
  // Sheets as usual; exports with small symbols far apart; scans of few dots per inch; textbook figures with bold lines.
  const manner = random.weighted({ usual: 6, export: 4, coarse: 1.5, bold: 1 });
  const largest = Math.min(92, Math.max(44, widthPx / 40));
  const cell = manner === "coarse" ? random.int(18, 34) : random.int(34, Math.round(largest));
  const small = manner === "export" ? random.real(0.22, 0.8) : 1;
  const heavy = manner === "bold" ? [0.1, 0.16] : manner === "export" ? [0.02, 0.08] : [0.045, 0.09];
  const processWidth = Math.max(
    manner === "usual" ? 2 : 1,
    Math.min(
      12,
      Math.max(2, Math.round(cell * small * 0.16)),
      Math.round(cell * random.real(heavy[0]!, heavy[1]!)),
    ),
  );
  // Plant design exports draw everything with one pen.
  const onePen = random.chance(manner === "export" ? 0.6 : 0.12);
  const thin = onePen
    ? processWidth
    : Math.max(1, Math.min(processWidth, Math.round(processWidth * random.real(0.4, 1) * 2) / 2));
  const symbolWidth = onePen
    ? processWidth
    : random.pick([processWidth, thin, Math.max(1, processWidth - 1)]);
  const signals = random.shuffle(lineStyles.slice(1) as LineStyle[]).slice(0, random.int(1, 3));
  if (random.chance(0.7) && !signals.includes("dashed")) signals[0] = "dashed";
  const dash = cell * random.real(0.15, 0.4);
  return {
    cell,
    processWidth,
    thinWidth: thin,
    symbolWidth: Math.min(symbolWidth, Math.max(1, cell * small * 0.1)),
    outlineWidth: random.pick([symbolWidth, symbolWidth, thin, 1]),
    frameWidth: random.pick([1, 2, 2, 3, 4, 6]),
    module: Math.max(7, cell * small * random.real(0.85, 1.25)),
    balloon: cell * Math.max(small, random.real(0.4, 1.05)) * random.real(0.9, 1.2),
    equipment: manner === "export" && random.chance(0.5) ? 2 : 1,
    internals: random.pick([0, 0, 0.3, 0.8]),
    // A head no wider than its line points nowhere.
    arrow: Math.max(3.2 * processWidth, Math.min(30, Math.max(6, cell * random.real(0.16, 0.48)))),
    arrowVariant: chooseVariant(random, symbolClass("flow_arrow")!),
    jumpRadius: Math.max(processWidth * 2, cell * random.real(0.14, 0.26)),
    jumpChance: random.pick([0, 0, 0.5, 0.85, 1]),
    breaks: random.chance(0.12),
    chamfer: random.chance(0.08) ? random.real(0.15, 0.4) : 0,
    jumps: random.pick(["horizontal", "vertical", "random"] as const),
    dotChance: random.pick([0, 0, 0.3, 1]),
    dotRadius: processWidth * random.real(1.2, 2.2),
    textHeight: Math.max(manner === "coarse" ? 6 : 9, cell * random.real(0.2, 0.34)),
    pen: random.chance(0.35) ? random.real(0.06, 0.16) : 0,
    fontWeight: random.pick([300, 400, 400, 500, 700] as const),
    textStretch: random.real(0.85, 1.35),
    dash: [dash, dash * random.real(0.35, 0.9)],
    dot: [Math.max(1.5, thin), Math.max(3, thin * random.real(1.6, 3))],
    signalStyles: signals,
    variants: new Map(symbolClasses.map((c) => [c.name, chooseVariant(random, c)])),
    lineNumber: random.pick(["over", "over", "break", "none"] as const),
    foreign: new Map(
      [...(library ?? [])]
        .filter(() => random.chance(0.5))
        .map(([name, shapes]) => [name, random.pick(shapes)]),
    ),
    inlineDensity: random.real(0.45, 0.95),
    inlineBalloons: random.pick([0, 0.08, 0.2, 0.35]),
    chains: random.pick(manner === "export" ? [0.2, 0.5, 0.8] : [0, 0, 0.1, 0.25]),
    halfSize: random.pick([0, 0, 0.15, 0.4]),
    arrowChance: random.pick([0.1, 0.35, 0.6]),
    nozzles: random.chance(0.4),
    blindNozzles: random.pick(manner === "export" ? [0.1, 0.3, 0.6] : [0, 0, 0.08, 0.25]),
    tagChance: random.real(0.6, 1),
    crowding: random.pick([0.05, 0.1, 0.4]),
    callouts: random.pick([0, 0, 0.3, 0.8]),
    lineColours: random.chance(0.2) ? random.int(2, 5) : 1,
  };
}

/** The drawing of a class an office prefers: rather one of the usual ones, which come first, but any may be. */
const chooseVariant = (random: Random, { variants }: SymbolClass): number =>
  Math.floor(variants.length * random.next() ** 1.5);
