import type { Point } from "../geometry/types.ts";

/**
 * What a place on a line is. Lines join at a `tee` (three arms) and a `cross` (four or more); lines only pass each other at
 * a `bridge` (one jumps over in an arc, or leaves a gap) and a `plain` crossing; a `bend` is a corner of one line.
 */
export type JunctionKind = "tee" | "cross" | "plain" | "bridge" | "bend";

/** A place to classify, with everything geometry can tell about it. */
export interface JunctionCandidate {
  /** The place; for a jump arc where the two lines would cross without it. */
  at: Point;
  /** Unit vectors of the lines that leave, clockwise (y down) from east. */
  arms: Point[];
  /** Length of each arm up to its other end, px. */
  armLengthsPx: number[];
  /** Radius of the largest ink disc at the place, px; 0 without ink. Half a line width on a line, more at a dot. */
  dotRadiusPx: number;
  /** Width of the line in each arm, px; 0 without ink. */
  armWidthsPx: number[];
  /**
   * How strongly two opposite arms curve to the same side, in line widths: above about 0.5 they are a jump arc. 0 where
   * there are not four arms.
   */
  arc: number;
  /** The two arms of the arc, indexes in `arms`; undefined where `arc` is 0. */
  arcArms?: [number, number];
}

/** A classified place. */
export interface Junction {
  at: Point;
  kind: JunctionKind;
  /** How sure, 0..1. */
  score: number;
  arms: Point[];
  /** Which arm goes on as which, indexes in `arms`: both lines of a crossing, the run of a tee. */
  continues: [number, number][];
}
