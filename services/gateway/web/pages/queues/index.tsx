import { Page } from "../../components/page.tsx";

export function QueuesPage() {
  return <Page title="Queues">{null}</Page>;
}
