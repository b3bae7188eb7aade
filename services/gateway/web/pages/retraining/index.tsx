import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import type { ModelEntry, RetrainRun } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Button } from "../../components/button.tsx";
import { Card, Page } from "../../components/page.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { Empty } from "../../components/states.tsx";
import { Models } from "./models.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { RunGrid } from "./run-grid.tsx";
import { ScoreChart } from "./score-chart.tsx";
import { StartDialog } from "./start-dialog.tsx";
import "./retraining.css";

/** Runs of training as a grid, scores over time, and every model against its live version. */
export function RetrainingPage() {
  const runs = useQuery<{ runs: RetrainRun[] }>(
    paths.retrainRuns,
    { limit: 50 },
    { live: {}, calmMs: 2_000, everyMs: 10_000 },
  );
  const models = useQuery<{ models: ModelEntry[] }>(paths.models, undefined, { everyMs: 10_000 });
  const [starting, setStarting] = useState(false);
  const [revoking, setRevoking] = useState<string>();
  const again = () => {
    runs.refresh();
    models.refresh();
  };
  return (
    <Page
      title="Retraining"
      about="Models learn from what people corrected; a candidate becomes live when it is better beyond noise"
      actions={
        <Button kind="primary" needs="operator" onClick={() => setStarting(true)}>
          Start a run …
        </Button>
      }
    >
      <Card title="Runs">
        <QueryView query={runs} lines={6}>
          {(data) =>
            data.runs.length === 0 ? (
              <Empty title="Nothing was trained yet">
                <p>
                  Start a run here, or let <a href="/schedules">the nightly schedule</a> do it. It learns from
                  the diagrams that people have approved.
                </p>
                <p>
                  Too few yet? <code>penstock dataset build --generated 12</code> makes a first dataset from
                  generated sheets.
                </p>
              </Empty>
            ) : (
              <RunGrid runs={data.runs} onRevoke={setRevoking} />
            )
          }
        </QueryView>
      </Card>
      {runs.data && runs.data.runs.length > 0 && (
        <Card title="Scores on the hold-out">
          <ScoreChart runs={runs.data.runs} />
        </Card>
      )}
      <Card title="Models">
        <QueryView query={models} lines={6}>
          {(data) =>
            data.models.length === 0 ? (
              <Empty title="No model is registered" />
            ) : (
              <Models models={data.models} onDone={again} />
            )
          }
        </QueryView>
      </Card>
      {revoking && <RevokeDialog run={revoking} onClose={() => setRevoking(undefined)} onDone={again} />}
      {starting && (
        <StartDialog
          models={models.data?.models ?? []}
          runs={runs.data?.runs ?? []}
          onClose={() => setStarting(false)}
          onDone={again}
        />
      )}
    </Page>
  );
}
