export { generateSheet, type ScanLevel, type Sheet, type SheetOptions } from "./generate-sheet.ts";
export { type DatasetOptions, makeDataset, sheetName } from "./make-dataset.ts";
export { encodePng } from "./png.ts";
export { readStencils, type StencilLibrary } from "./stencils/read-stencils.ts";
export type { Truth, TruthEdge, TruthJunction, TruthNode } from "./truth.ts";
export { writeSheet } from "./write-sheet.ts";
