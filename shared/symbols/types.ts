/** The seven families every class belongs to. */
export type Superclass =
  | "valve"
  | "rotating"
  | "vessel"
  | "exchanger"
  | "instrument"
  | "fitting"
  | "connector";

/** The way a line leaves a port: north is up, y grows downwards. */
export type Side = "N" | "E" | "S" | "W";

/** A place where a line attaches, in modules from the anchor. */
export interface Port {
  name: string;
  x: number;
  y: number;
  side: Side;
  /** What usually arrives here. @default "process" */
  takes?: "process" | "signal";
}

/** A straight wall along which nozzles may sit, in modules from the anchor; its ends are included. */
export interface Wall {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  side: Side;
}

/** One drawing step. `d` holds absolute M, L, C and Z commands only, in modules from the anchor. */
export interface Stroke {
  d: string;
  /** Filled with ink, with the colour of the ground (hiding what is below), or not at all. */
  fill: "none" | "paper" | "ink";
  /** Whether the outline is drawn. */
  stroke: boolean;
  /** Dashed outline. */
  dashed?: boolean;
}

/** Text that belongs to the shape: a fixed letter, or a place for the parts of the tag. */
export interface Label {
  x: number;
  y: number;
  /** Height of capitals, in modules. */
  height: number;
  text: "tag" | "letters" | "number" | (string & {});
  /** How wide the text may be before it shrinks, in modules. @default what the class usually has room for */
  room?: number;
}

/** One way to draw a class. Origin is the anchor, which lies on the line axis or in the middle. */
export interface Shape {
  strokes: readonly Stroke[];
  ports: readonly Port[];
  walls?: readonly Wall[];
  labels?: readonly Label[];
}

/** A symbol class: name after ISO 10628-2 / ISA-5.1, family and drawing variants. */
export interface SymbolClass {
  name: string;
  superclass: Superclass;
  /** What a reader would call it. */
  title: string;
  /** Letters that start its tag ("HV", "P"); empty when it usually carries none. */
  tagPrefixes: readonly string[];
  /**
   * How it sits on a sheet: in a line (two ports on one axis), at the end of a line, free-standing equipment, beside a line
   * as a balloon, or drawn over a line without cutting it.
   */
  role: "inline" | "end" | "equipment" | "balloon" | "mark";
  variants: readonly Shape[];
}

/** Further drawings of classes that exist, by class name; they come after those of the class itself. */
export type Manners = Readonly<Record<string, readonly Shape[]>>;
