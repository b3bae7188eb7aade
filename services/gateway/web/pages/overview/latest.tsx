import { paths } from "../../api/paths.ts";
import type { RunsPage } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Meter } from "../../components/meter.tsx";
import { Card } from "../../components/page.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { RunBadge } from "../../components/state-badge.tsx";
import { Empty } from "../../components/states.tsx";
import { Time } from "../../components/time.tsx";

/** The diagrams that changed last. */
export function Latest() {
  const latest = useQuery<RunsPage>(paths.diagrams, { limit: 7 }, { live: { kind: "diagram" } });
  return (
    <Card title="Latest diagrams" actions={<a href="/diagrams">All</a>} class="latest">
      <QueryView query={latest} lines={6}>
        {({ runs }) =>
          runs.length === 0 ? (
            <Empty title="No diagram yet">
              Hand one in on <a href="/diagrams">Diagrams</a>, or with <code>penstock submit</code>.
            </Empty>
          ) : (
            <ul class="latest-list">
              {runs.map((run) => (
                <li key={run.uid}>
                  <a href={`/diagrams/${run.uid}`}>{run.name ?? run.uid}</a>
                  <RunBadge run={run} />
                  <span class="dim small">
                    {run.final || run.waits ? null : <Meter value={run.progress} label="progress" />}
                  </span>
                  <span class="dim small num">
                    <Time at={run.updated} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  );
}
