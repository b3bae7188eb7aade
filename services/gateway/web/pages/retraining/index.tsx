import { Page } from "../../components/page.tsx";

export function RetrainingPage() {
  return <Page title="Retraining">{null}</Page>;
}
