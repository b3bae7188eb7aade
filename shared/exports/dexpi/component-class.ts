import { symbolClass } from "#shared/symbols";
import { classTitle } from "../class-title.ts";

/** Which part of a Proteus file a node belongs to. */
export type DexpiPart = "equipment" | "piping" | "instrument" | "offpage";

/** What a node is in DEXPI 1.3. */
export interface DexpiClass {
  part: DexpiPart;
  /** Value of `ComponentClass`. */
  name: string;
  uri: string;
  /** Set for `Custom…` classes: what the item is called, since the class does not say it. */
  typeName?: string;
}

/**
 * DEXPI class of each of our own classes, with its number in the POSC Caesar reference data library where there is one;
 * all other DEXPI classes live in the sandbox library under their own name. A family that DEXPI keeps abstract
 * (`CheckValve`, `Pump`) is written as its `Custom…` class, which is how DEXPI wants a kind it does not list.
 */
const CLASSES: Readonly<Record<string, readonly [DexpiPart, string, number?]>> = {
  gate_valve: ["piping", "GateValve", 416519],
  globe_valve: ["piping", "GlobeValve", 416204],
  ball_valve: ["piping", "BallValve", 416654],
  butterfly_valve: ["piping", "ButterflyValve", 416609],
  check_valve: ["piping", "CustomCheckValve"],
  needle_valve: ["piping", "NeedleValve", 421064],
  plug_valve: ["piping", "PlugValve", 421109],
  angle_valve: ["piping", "AngleValve", 5789384],
  safety_valve: ["piping", "SpringLoadedAngleGlobeSafetyValve"],
  centrifugal_pump: ["equipment", "CentrifugalPump", 416834],
  positive_displacement_pump: ["equipment", "CustomPump"],
  compressor: ["equipment", "CustomCompressor"],
  blower: ["equipment", "CustomBlower"],
  turbine: ["equipment", "CustomTurbine"],
  vessel: ["equipment", "PressureVessel", 427229],
  drum: ["equipment", "PressureVessel", 427229],
  column: ["equipment", "ProcessColumn", 4316825224],
  tank: ["equipment", "Tank", 445139],
  reactor: ["equipment", "CustomVessel"],
  shell_and_tube_exchanger: ["equipment", "TubularHeatExchanger", 13971182],
  plate_exchanger: ["equipment", "PlateHeatExchanger"],
  heat_exchanger: ["equipment", "CustomHeatExchanger"],
  air_cooler: ["equipment", "AirCoolingSystem", 277379],
  fired_heater: ["equipment", "Furnace", 441134],
  flow_meter: ["piping", "CustomInlineMeasuringElement"],
  reducer: ["piping", "PipeReducer", 416294],
  flange: ["piping", "Flange", 13307654],
  blind_flange: ["piping", "BlindFlange", 414719],
  orifice_plate: ["piping", "RestrictionOrifice"],
  spectacle_blind: ["piping", "LineBlind", 280034],
  strainer: ["piping", "Strainer", 422504],
  steam_trap: ["piping", "SteamTrap", 5782388],
  expansion_joint: ["piping", "Compensator", 1280084541],
  sight_glass: ["piping", "SightGlass", 648674],
  rupture_disc: ["piping", "RuptureDisc", 8372601],
  offpage_connector: ["offpage", "FlowOutPipeOffPageConnector"],
};

/** Words that place a class of a user's own in a DEXPI family; the first match wins. */
const FAMILIES: readonly (readonly [RegExp, DexpiPart, string])[] = [
  [/\b(off ?page|connector)\b/, "offpage", "FlowOutPipeOffPageConnector"],
  [
    /\b(instrument|indicator|transmitter|controller|sensor|gauge|interlock|plc|display|computer)\b/,
    "instrument",
    "ProcessInstrumentationFunction",
  ],
  [/\bcheck valve\b/, "piping", "CustomCheckValve"],
  [/\b(safety|relief)\b/, "piping", "CustomSafetyValveOrFitting"],
  [/\bvalve\b/, "piping", "CustomOperatedValve"],
  [/\bpump\b/, "equipment", "CustomPump"],
  [/\bcompressor\b/, "equipment", "CustomCompressor"],
  [/\bblower\b/, "equipment", "CustomBlower"],
  [/\bfan\b/, "equipment", "CustomFan"],
  [/\bturbine\b/, "equipment", "CustomTurbine"],
  [/\b(motor)\b/, "equipment", "CustomMotor"],
  [/\bmixer\b/, "equipment", "CustomMixer"],
  [/\b(exchanger|cooler|condenser|reboiler)\b/, "equipment", "CustomHeatExchanger"],
  [/\b(heater|furnace|boiler)\b/, "equipment", "CustomHeater"],
  [/\b(separator|cyclone)\b/, "equipment", "CustomSeparator"],
  [/\b(vessel|drum|tank|column|tower|reactor|silo)\b/, "equipment", "CustomVessel"],
  [/\b(reducer|fitting|flange|elbow|tee|cap|vent|drain)\b/, "piping", "CustomPipeFitting"],
];

/** Families of our own catalogue, for classes without an entry of their own. */
const SUPERCLASSES = {
  valve: ["piping", "CustomOperatedValve"],
  rotating: ["equipment", "CustomEquipment"],
  vessel: ["equipment", "CustomVessel"],
  exchanger: ["equipment", "CustomHeatExchanger"],
  instrument: ["instrument", "ProcessInstrumentationFunction"],
  fitting: ["piping", "CustomPipeFitting"],
  connector: ["piping", "CustomPipeFitting"],
} as const satisfies Record<string, readonly [DexpiPart, string]>;

/**
 * Places a symbol class in DEXPI: its own class, else its superclass, else by the words of its name, else equipment, or
 * a piping component when exactly two lines pass through it.
 *
 * @param className as in `graph.json`; any spelling of a name we know (`GateValve`, `gate valve`) finds it
 * @param throughLine whether the symbol sits in a line
 */
export function dexpiClass(className: string | undefined, throughLine: boolean): DexpiClass {
  const title = classTitle(className ?? "");
  const key = title.replaceAll(" ", "_");
  const own = CLASSES[key];
  if (own) return make(own[0], own[1], title, own[2]);
  const known = symbolClass(key);
  if (known) {
    const [part, name] = SUPERCLASSES[known.superclass];
    return make(part, name, title);
  }
  const family = FAMILIES.find(([words]) => words.test(title));
  if (family) return make(family[1], family[2], title);
  return throughLine
    ? make("piping", "CustomPipingComponent", title)
    : make("equipment", "CustomEquipment", title);
}

/** A DEXPI class that has no symbol of ours. `posc` is its number in the POSC Caesar library. */
export function make(part: DexpiPart, name: string, title: string, posc?: number): DexpiClass {
  return {
    part,
    name,
    uri:
      posc === undefined
        ? `http://sandbox.dexpi.org/rdl/${name}`
        : `http://data.posccaesar.org/rdl/RDS${posc}`,
    ...(name.startsWith("Custom") ? { typeName: title || "unknown" } : {}),
  };
}

/** A place where three pipes meet. */
export const PIPE_TEE: DexpiClass = make("piping", "PipeTee", "tee", 427724);
/** A place where four or more pipes meet: DEXPI has no class for it. */
export const PIPE_CROSS: DexpiClass = make("piping", "CustomPipeFitting", "cross");
/** An instrument with process lines on both sides. */
export function inlineInstrument(title: string): DexpiClass {
  return make("piping", "CustomInlineMeasuringElement", title);
}
