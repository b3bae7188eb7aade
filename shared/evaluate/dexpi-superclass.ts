/** Superclasses of `shared/symbols` by the words in DEXPI class names; the first that fits decides. */
const WORDS: readonly [RegExp, string][] = [
  [/valve|damper|breather/i, "valve"],
  [/pump|compressor|blower|fan$|agitator|turbine|motor|mixer|centrifuge/i, "rotating"],
  [/exchanger|heater|cooler|boiler|condenser|furnace|reboiler/i, "exchanger"],
  [/vessel|tank|column|drum|reactor|silo|separator/i, "vessel"],
  [/instrumentation|actuat|sensor|transmitter|meter|gauge|positioner|panel/i, "instrument"],
  [/connector|reference|offpage/i, "connector"],
  [
    /flange|reducer|blind|filter|strainer|trap|joint|orifice|hose|vent|funnel|break|fitting|silencer/i,
    "fitting",
  ],
];

/** Superclass of a DEXPI class, undefined where none fits. */
export function superclassOfDexpi(name: string): string | undefined {
  return WORDS.find(([pattern]) => pattern.test(name))?.[1];
}
