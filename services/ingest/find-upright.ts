import { type QuarterTurn, type TextLayout, textLayout } from "#shared/raster";
import { type Box, binarise, type Picture, type Raster, toGrey } from "#shared/vision";

/** Says by how much a sheet must be turned clockwise for its text to be read; undefined where that cannot be told. */
export type TextReader = (
  sheet: Raster,
  layout: TextLayout,
  signal: AbortSignal,
) => Promise<QuarterTurn | undefined>;

/** Which way is up. */
export interface Upright {
  /** Degrees clockwise the sheet must be turned. */
  turn: QuarterTurn;
  /** Most text runs up or down, and nobody could tell which way is up. */
  isDoubtful: boolean;
}

/** Finds which way is up by the text. @param preview a reduced copy of the picture, on which letters are looked for */
export async function findUpright(
  picture: Picture,
  preview: Raster,
  reader: TextReader | undefined,
  signal: AbortSignal,
): Promise<Upright> {
  const layout = textLayout(binarise(preview));
  if (!reader) return { turn: 0, isDoubtful: layout.isTurned };
  const scale = picture.width / preview.width;
  const lines = layout.lines.map((box) => box.map((side) => side * scale) as Box);
  const turn = await reader(toGrey(picture), { ...layout, lines }, signal);
  return { turn: turn ?? 0, isDoubtful: layout.isTurned && turn === undefined };
}
