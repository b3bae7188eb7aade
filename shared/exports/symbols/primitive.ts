import type { Point } from "#shared/messages";

/** Filled with ink, with the colour of the ground (hiding what lies below), or not at all. */
export type Fill = "none" | "paper" | "ink";

/** A run of straight lines in sheet pixels; curves are short chords, so that every format draws the same shape. */
export interface PathPrimitive {
  kind: "path";
  points: Point[];
  closed: boolean;
  fill: Fill;
  /** Whether the outline is drawn. */
  stroke: boolean;
  dashed?: boolean;
}

/** Text centred on a point; `sizePx` is the font's em. */
export interface TextPrimitive {
  kind: "text";
  center: Point;
  text: string;
  sizePx: number;
}

/** What every drawing export can draw. */
export type Primitive = PathPrimitive | TextPrimitive;

/** A node's drawing in sheet pixels. */
export interface Drawing {
  primitives: Primitive[];
  /** True when the tag is part of the drawing already, as in an instrument balloon. */
  showsTag: boolean;
}

/** Mean width of a letter in ems: text is sized so that it fits without knowing the font. */
export const LETTER_EM = 0.6;
