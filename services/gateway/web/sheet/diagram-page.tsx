import { Page } from "../components/page.tsx";

export function DiagramPage() {
  return <Page title="Diagram">{null}</Page>;
}
