import { connectors } from "./connectors.ts";
import { exchangers } from "./exchangers.ts";
import { fittings } from "./fittings.ts";
import { instruments } from "./instruments.ts";
import { manners } from "./manners/all.ts";
import { rotating } from "./rotating.ts";
import type { Superclass, SymbolClass } from "./types.ts";
import { valves } from "./valves.ts";
import { vessels } from "./vessels.ts";

/** Every class, its usual drawings before its further ones. The order is the label index of trained models: append, never reorder. */
export const symbolClasses: readonly SymbolClass[] = [
  ...valves,
  ...rotating,
  ...vessels,
  ...exchangers,
  ...instruments,
  ...fittings,
  ...connectors,
].map((c) => ({ ...c, variants: [...c.variants, ...(manners[c.name] ?? [])] }));

/** Names in label order. */
export const classNames: readonly string[] = symbolClasses.map((c) => c.name);

const byName = new Map(symbolClasses.map((c, index) => [c.name, index]));

/** Label index of a class, or undefined for a name that is not ours. */
export const classIndex = (name: string): number | undefined => byName.get(name);

/** A class by name, or undefined. */
export function symbolClass(name: string): SymbolClass | undefined {
  const index = byName.get(name);
  return index === undefined ? undefined : symbolClasses[index];
}

/** True for what sits in a pipe run, a pipe on either side: valves and fittings. */
export const isRunPart = (name: string): boolean =>
  ["valve", "fitting"].includes(symbolClass(name)?.superclass ?? "");

/** Family of a class, or undefined for a name that is not ours. */
export const superclassOf = (name: string): Superclass | undefined => symbolClass(name)?.superclass;
