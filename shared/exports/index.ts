export { type DexpiOptions, toDexpi } from "./dexpi/to-dexpi.ts";
export { type FxmlOptions, toFxml } from "./fxml/to-fxml.ts";
export { type GraphmlOptions, toGraphml } from "./graphml/to-graphml.ts";
export { type OverlayOptions, toOverlaySvg } from "./overlay/to-overlay-svg.ts";
