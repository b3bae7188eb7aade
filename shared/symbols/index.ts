export { shapeBounds } from "./bounds.ts";
export { classIndex, classNames, isRunPart, superclassOf, symbolClass, symbolClasses } from "./catalog.ts";
export { graphRoleOf } from "./graph-role.ts";
export { flatten, type Subpath } from "./path.ts";
export { type SymbolSvg, symbolSvg } from "./svg.ts";
export type { Label, Port, Shape, Side, Stroke, Superclass, SymbolClass, Wall } from "./types.ts";
