import { Page } from "../components/page.tsx";

export function DiagramsPage() {
  return <Page title="Diagrams">{null}</Page>;
}
