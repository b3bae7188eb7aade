import { Page } from "../../components/page.tsx";

export function DeadPage() {
  return <Page title="Dead">{null}</Page>;
}
