import { type Shape, symbolClass } from "#shared/symbols";
import type { DexpiClass } from "./component-class.ts";

/** Name of a shape in the catalogue: class, variant and the part of the file that uses it. */
export function shapeName(dexpi: DexpiClass, className: string, shape: Shape): string {
  const variant = symbolClass(className)?.variants.indexOf(shape) ?? 0;
  return `${className}-${variant}-${dexpi.part}`;
}
