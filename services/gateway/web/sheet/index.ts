export { DiagramPage } from "./diagram-page.tsx";
export { DiagramsPage } from "./diagrams-page.tsx";
