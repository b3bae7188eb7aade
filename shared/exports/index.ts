export { type FxmlOptions, toFxml } from "./fxml/to-fxml.ts";
export { type GraphmlOptions, toGraphml } from "./graphml/to-graphml.ts";
