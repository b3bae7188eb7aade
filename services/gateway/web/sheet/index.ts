import "./sheet.css";

export { DiagramPage } from "./diagram/diagram-page.tsx";
export { DiagramsPage } from "./list/diagrams-page.tsx";
