import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Shape, shapeBounds } from "#shared/symbols";
import { fitStencil } from "./fit-stencil.ts";
import { parseStencils } from "./parse-stencils.ts";
import { stencilClass } from "./stencil-class.ts";

/** Extra drawings by class name. */
export type StencilLibrary = ReadonlyMap<string, readonly Shape[]>;

/**
 * Reads a company library: an mxGraph stencil XML file, or a folder of them. Shapes whose name is no class of ours, or whose
 * ports do not fit, are passed over.
 */
export function readStencils(path: string): StencilLibrary {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((f) => f.endsWith(".xml"))
        .sort()
        .map((f) => join(path, f))
    : [path];
  const library = new Map<string, Shape[]>();
  for (const file of files) {
    for (const stencil of parseStencils(readFileSync(file, "utf8"))) {
      const name = stencilClass(stencil.name);
      const shape = name && fitStencil(stencil, name);
      if (!name || !shape || !shapeBounds(shape).every(Number.isFinite)) continue;
      library.set(name, [...(library.get(name) ?? []), shape]);
    }
  }
  return library;
}
