import type { Random } from "./random.ts";

export type Rgb = [number, number, number];

/** Colours of a sheet. */
export interface Inks {
  ground: Rgb;
  /** By edge colour index. */
  lines: Rgb[];
  symbols: Rgb;
  texts: Rgb;
  frame: Rgb;
}

const grey = (v: number): Rgb => [v, v, v];
const black: Rgb = [0, 0, 0];

/** Draws the colours: mostly black on white, some grey, now and then a coloured sheet. */
export function chooseInks(random: Random, lineColours: number): Inks {
  if (lineColours > 1) {
    const some: Rgb[] = [
      [200, 40, 40],
      [50, 90, 190],
      [20, 130, 60],
      [150, 90, 20],
      [0, 140, 150],
      [120, 40, 140],
      [90, 90, 90],
      [110, 165, 225],
      [225, 110, 110],
      [90, 180, 90],
      [190, 170, 20],
      [230, 140, 30],
    ];
    const lines = [random.chance(0.6) ? black : random.pick(some), ...random.shuffle(some)].slice(
      0,
      lineColours,
    );
    return {
      ground: random.pick([grey(255), grey(255), [250, 248, 240]]),
      lines,
      symbols: random.pick([black, black, [30, 30, 110], [150, 140, 20], [110, 110, 110]]),
      texts: random.pick([black, black, [40, 40, 40], [60, 60, 160]]),
      frame: random.pick([black, grey(110), [200, 40, 40], [50, 90, 190]]),
    };
  }
  const ground = random.pick([255, 255, 255, 255, 250, 240, 205]);
  return {
    ground: grey(ground),
    lines: [grey(random.pick([0, 0, 30, 80]))],
    symbols: grey(random.pick([0, 0, 0, 50, 110])),
    texts: grey(random.pick([0, 0, 40, 80, 120])),
    frame: grey(random.pick([0, 0, 60, 100, 150])),
  };
}

/** The same sheet in black on white. */
export const blackInks = (inks: Inks): Inks => ({
  ground: grey(255),
  lines: inks.lines.map(() => black),
  symbols: black,
  texts: black,
  frame: black,
});

/**
 * Turns coverage into an image: every layer's ink on the ground, the darkest wins.
 * @param layers RGBA coverage (red lines, green texts, blue symbols, green and blue together the frame)
 * @param tones colour index of each pixel's line plus one, or undefined when all lines have the first colour
 */
export function inkImage(
  layers: Uint8Array,
  count: number,
  inks: Inks,
  tones: Uint8Array | undefined,
): { image: Uint8Array; channels: 1 | 3 } {
  const channels = inks.lines.length > 1 ? 3 : 1;
  const image = new Uint8Array(count * channels);
  if (channels === 1) image.fill(inks.ground[0]);
  else for (let i = 0; i < image.length; i++) image[i] = inks.ground[i % 3]!;
  const words = new Uint32Array(layers.buffer, layers.byteOffset, count);
  for (let c = 0; c < channels; c++) {
    const table = (ink: Rgb) =>
      Uint8Array.from({ length: 256 }, (_, v) =>
        Math.round(inks.ground[c]! + ((ink[c]! - inks.ground[c]!) * v) / 255),
      );
    const [text, symbol, frame] = [table(inks.texts), table(inks.symbols), table(inks.frame)];
    const lines = inks.lines.map(table);
    for (let i = 0, k = c; i < count; i++, k += channels) {
      const word = words[i]!;
      if (word === 0xff000000) continue;
      const [red, green, blue] = [word & 255, (word >> 8) & 255, (word >> 16) & 255];
      const line = lines[tones ? Math.max(0, tones[i]! - 1) : 0]!;
      const rest = green && green === blue ? frame[green]! : Math.min(text[green]!, symbol[blue]!);
      image[k] = Math.min(line[red]!, rest);
    }
  }
  return { image, channels };
}
