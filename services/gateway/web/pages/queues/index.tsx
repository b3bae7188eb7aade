import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import type { Overview, StageQueue, WorkersAnswer } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Page } from "../../components/page.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { Empty } from "../../components/states.tsx";
import { groupQueues, type QueueGroup } from "./group.ts";
import { QueueCard } from "./queue-card.tsx";
import { QueueDialog, type QueueVerb } from "./queue-dialog.tsx";
import "./queues.css";

/** What waits in front of every stage, by queue; pause, resume, purge. */
export function QueuesPage() {
  const queues = useQuery<{ queues: StageQueue[] }>(paths.queues, undefined, {
    live: {},
    calmMs: 1_500,
    everyMs: 5_000,
  });
  const workers = useQuery<WorkersAnswer>(paths.workers, undefined, { everyMs: 10_000 });
  const overview = useQuery<Overview>(
    paths.overview,
    { windowMs: 60_000 },
    { live: { kind: "task" }, calmMs: 3_000 },
  );
  const [asked, setAsked] = useState<{ verb: QueueVerb; name: string; group: QueueGroup }>();
  return (
    <Page
      title="Queues"
      about="A queue is a class of workers; each of its stages has work of its own waiting"
    >
      <QueryView query={queues} lines={8}>
        {(data) => {
          const groups = groupQueues(data.queues, workers.data?.workers ?? [], overview.data?.stages ?? []);
          if (groups.length === 0) return <Empty title="No queue is declared" />;
          return groups.map((group) => (
            <QueueCard
              key={group.name}
              group={group}
              known={workers.data !== undefined}
              onAct={(verb, name) => setAsked({ verb, name, group })}
            />
          ));
        }}
      </QueryView>
      {asked && <QueueDialog {...asked} onClose={() => setAsked(undefined)} onDone={queues.refresh} />}
    </Page>
  );
}
