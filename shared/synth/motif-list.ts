/** A side of an item and where along it, 0 being the top or left end. */
export interface MotifPort {
  item: string;
  side: "N" | "E" | "S" | "W";
  /** @default 0.5 */
  along?: number;
}

/** A piece of process as drafters repeat it: items on a grid of cells, and the lines between them. */
export interface Motif {
  name: string;
  /** Extent in cells. */
  columns: number;
  rows: number;
  items: { key: string; classes: readonly string[]; x: number; y: number; turns?: number }[];
  links: { from: MotifPort; to: MotifPort; inline?: readonly string[]; style?: "signal" }[];
  /** Ports that lead on to other parts of the sheet. */
  open: MotifPort[];
}

const p = (item: string, side: MotifPort["side"], along?: number): MotifPort => ({ item, side, along });
const pumps = ["centrifugal_pump", "centrifugal_pump", "positive_displacement_pump"];
const displays = ["shared_display", "instrument_panel", "instrument_field", "plc", "computer_function"];

/** Column with condenser, reflux drum and pump, reboiler and bottoms pump. */
const distillation: Motif = {
  name: "distillation",
  columns: 28,
  rows: 26,
  items: [
    { key: "column", classes: ["column"], x: 6, y: 13 },
    { key: "condenser", classes: ["heat_exchanger", "shell_and_tube_exchanger", "air_cooler"], x: 13, y: 3 },
    { key: "drum", classes: ["drum"], x: 20, y: 7 },
    { key: "reflux", classes: pumps, x: 19, y: 13, turns: 2 },
    { key: "reboiler", classes: ["shell_and_tube_exchanger", "heat_exchanger"], x: 14, y: 19 },
    { key: "bottoms", classes: pumps, x: 14, y: 24 },
    { key: "level", classes: displays, x: 25, y: 11 },
  ],
  links: [
    { from: p("column", "N"), to: p("condenser", "W") },
    { from: p("condenser", "E"), to: p("drum", "N", 0.3) },
    { from: p("drum", "S", 0.5), to: p("reflux", "E"), inline: ["strainer"] },
    {
      from: p("reflux", "W"),
      to: p("column", "E", 0.15),
      inline: ["check_valve", "control_valve", "gate_valve"],
    },
    { from: p("column", "E", 0.85), to: p("reboiler", "N", 0.2) },
    { from: p("reboiler", "S", 0.2), to: p("column", "E", 0.95) },
    { from: p("column", "S"), to: p("bottoms", "W"), inline: ["gate_valve", "reducer"] },
    { from: p("drum", "E"), to: p("level", "N") },
  ],
  open: [p("bottoms", "E"), p("column", "W", 0.5), p("drum", "N", 0.8)],
};

/** Separator with overhead compressor, liquid pump and level control. */
const separator: Motif = {
  name: "separator",
  columns: 24,
  rows: 18,
  items: [
    { key: "vessel", classes: ["vessel", "reactor", "tank"], x: 7, y: 8 },
    { key: "pump", classes: pumps, x: 13, y: 15 },
    { key: "compressor", classes: ["compressor", "blower", "turbine"], x: 15, y: 3 },
    { key: "level", classes: displays, x: 13, y: 8 },
    { key: "high", classes: ["instrument_field", "instrument_local_panel", "interlock"], x: 13, y: 5 },
  ],
  links: [
    { from: p("vessel", "S"), to: p("pump", "W"), inline: ["gate_valve", "strainer", "reducer"] },
    { from: p("vessel", "N"), to: p("compressor", "W"), inline: ["butterfly_valve"] },
    { from: p("vessel", "E", 0.5), to: p("level", "W") },
    { from: p("level", "N"), to: p("high", "S"), style: "signal" },
  ],
  open: [p("pump", "E"), p("compressor", "E"), p("vessel", "W", 0.3), p("level", "E")],
};

/** Feed through pump, exchanger and fired heater. */
const train: Motif = {
  name: "train",
  columns: 30,
  rows: 14,
  items: [
    { key: "pump", classes: pumps, x: 3, y: 10 },
    { key: "first", classes: ["shell_and_tube_exchanger", "plate_exchanger", "heat_exchanger"], x: 12, y: 7 },
    {
      key: "second",
      classes: ["heat_exchanger", "shell_and_tube_exchanger", "fired_heater", "air_cooler"],
      x: 22,
      y: 6,
    },
    { key: "flow", classes: displays, x: 8, y: 2 },
    { key: "temperature", classes: displays, x: 27, y: 2 },
  ],
  links: [
    { from: p("pump", "E"), to: p("first", "S", 0), inline: ["check_valve", "gate_valve", "flow_meter"] },
    { from: p("first", "N", 1), to: p("second", "W"), inline: ["control_valve"] },
    { from: p("flow", "E"), to: p("temperature", "W"), style: "signal" },
  ],
  open: [p("pump", "W"), p("second", "E"), p("first", "N", 0), p("first", "S", 1), p("temperature", "S")],
};

/** Tanks in a row, each with its pump. */
const farm: Motif = {
  name: "farm",
  columns: 30,
  rows: 16,
  items: [
    { key: "a", classes: ["tank", "vessel"], x: 5, y: 6 },
    { key: "b", classes: ["tank", "vessel"], x: 15, y: 6 },
    { key: "c", classes: ["tank", "reactor"], x: 25, y: 6 },
    { key: "pa", classes: pumps, x: 10, y: 13 },
    { key: "pb", classes: pumps, x: 20, y: 13 },
  ],
  links: [
    { from: p("a", "E", 1), to: p("pa", "W"), inline: ["gate_valve", "strainer"] },
    { from: p("b", "E", 1), to: p("pb", "W"), inline: ["gate_valve", "expansion_joint"] },
    { from: p("a", "E", 0), to: p("b", "W", 0), inline: ["ball_valve"] },
    { from: p("b", "E", 0), to: p("c", "W", 0) },
  ],
  open: [p("pa", "E"), p("pb", "E"), p("c", "W", 1), p("a", "W", 0.5)],
};

/** A consumer between supply and return, as heating networks repeat it. */
const consumer: Motif = {
  name: "consumer",
  columns: 18,
  rows: 8,
  items: [
    { key: "box", classes: ["tank", "heat_exchanger", "plate_exchanger"], x: 14, y: 4 },
    { key: "pump", classes: ["centrifugal_pump"], x: 8, y: 2 },
    { key: "mix", classes: ["three_way_valve"], x: 4, y: 2 },
  ],
  links: [
    { from: p("mix", "E"), to: p("pump", "W") },
    { from: p("pump", "E"), to: p("box", "W", 0), inline: ["flow_meter"] },
  ],
  open: [p("mix", "W"), p("box", "W", 1), p("mix", "S")],
};

/** All motifs. */
export const motifs: readonly Motif[] = [distillation, separator, train, farm, consumer];
