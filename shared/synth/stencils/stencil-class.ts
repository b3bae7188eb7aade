import { symbolClass } from "#shared/symbols";

/**
 * First match wins. Names are those of diagrams.net's P&ID library and plain English. Left out on purpose: shapes that look
 * like our drawing of another class (its globe valve is our ball valve, its needle valve one of our gate valves).
 */
const rules: readonly [RegExp, string][] = [
  [/^angle( valve)?$/, "angle_valve"],
  [/ball valve/, "ball_valve"],
  [/^butterfly valve/, "butterfly_valve"],
  [/check valve/, "check_valve"],
  [/^diaphragm valve$/, "diaphragm_valve"],
  [/^gate valve|manual operated valve/, "gate_valve"],
  [/^plug valve/, "plug_valve"],
  [/^pneumatic operated$|control valve/, "control_valve"],
  [/pressure reducing valve|back pressure regulator/, "pressure_regulator"],
  [/safety psv|relief prv/, "safety_valve"],
  [/three.way valve/, "three_way_valve"],
  [/^centrifugal( pump( \d)?)?$|pump \(centrifugal\)|^pump \(liquid\)/, "centrifugal_pump"],
  [
    /^(gear|screw|rotary piston|reciprocating|eccentric worm)( pump)?( \d)?$|pump \((gear|screw|reciprocating piston|positive displacement|progressive cavity|diaphragm)\)/,
    "positive_displacement_pump",
  ],
  [
    /^(centrifugal |rotary |reciprocating |liquid ring )?compressor( 2)?( \(.*\))?$|^gas compressor/,
    "compressor",
  ],
  [/^blower|^fan( 2)?$|gas blower/, "blower"],
  [/^tower/, "column"],
  [/^tank \(|^open bulk storage/, "tank"],
  [/^vessel|^tank, vessel|pressurized vessel/, "vessel"],
  [/reactor|mixing vessel/, "reactor"],
  [/knock-out drum|drum or condenser/, "drum"],
  [/^(tank|container)|bunker|^bin$|^bag|barrel|gas (bottle|holder)|storage sphere/, "tank"],
  [/separator|cyclone|scrubber|settling|dri?er|drying|solidifier|^boiler|combustion chamber/, "vessel"],
  [/^mixer|kneader/, "reactor"],
  [/cooling tower|chiller/, "air_cooler"],
  [
    /^single pass heat exchanger|heat exchanger \(floating head\)|u.tube heat exchanger/,
    "shell_and_tube_exchanger",
  ],
  [/heat exchanger \(plate\)|plate and frame/, "plate_exchanger"],
  [
    /^(reboiler|condenser|heater|shell and tube heat exchanger \d|heat exchanger \(coil tubes\)|cooler)$/,
    "heat_exchanger",
  ],
  [/air cooler/, "air_cooler"],
  [/^furnace/, "fired_heater"],
  [/rotameter|^magnetic|coriolis|vortex|^venturi|flow nozzle/, "flow_meter"],
  [/reducer/, "reducer"],
  [/flanged connection|^(double )?flange$/, "flange"],
  [/flanged dummy cover|^cap$/, "blind_flange"],
  [/orifice/, "orifice_plate"],
  [/figure 8 blind|interchangeable disc/, "spectacle_blind"],
  [/y.type strainer|t.type strainer|basket strainer|^strainer/, "strainer"],
  [/^(gas|liquid) filter \(/, "filter"],
  [/steam trap/, "steam_trap"],
  [/compensator|expansion joint|^hose$|flexible (hose|pipe)/, "expansion_joint"],
  [/viewing glass/, "sight_glass"],
  [/rupture disc/, "rupture_disc"],
  [/^vent$|curved gas vent|covered gas vent|vent \(bent\)/, "vent"],
  [/^funnel$/, "drain"],
];

/** Our class for the name of a foreign shape: one of our own names with any suffix, or by rule; undefined for the rest. */
export function stencilClass(name: string): string | undefined {
  const plain = name.trim().toLowerCase();
  const own = plain.replace(/[^a-z]+/g, "_").replace(/^_|_$/g, "");
  if (symbolClass(own)) return own;
  return rules.find(([pattern]) => pattern.test(plain))?.[1];
}
