import { Button } from "../../components/button.tsx";
import { Card } from "../../components/page.tsx";
import { duration } from "../../format/duration.ts";
import { count, rate } from "../../format/number.ts";
import { lacksWorkers, type QueueGroup, type QueueStage } from "./group.ts";
import type { QueueVerb } from "./queue-dialog.tsx";

export interface QueueCardProps {
  group: QueueGroup;
  /** The workers are known: before, nobody can be said to lack any. */
  known: boolean;
  onAct: (verb: QueueVerb, name: string) => void;
}

/** One queue with its stages. */
export function QueueCard({ group, known, onAct }: QueueCardProps) {
  const allPaused = group.paused === group.stages.length;
  return (
    <Card
      class="queue"
      title={
        <>
          {group.name}{" "}
          {allPaused && (
            <span class="state revoked">
              <i aria-hidden="true">‖</i>paused
            </span>
          )}
        </>
      }
      actions={
        <>
          <span class="dim small">
            {count(group.pending)} pending · {count(group.inFlight)} in flight · {count(group.consumers)}{" "}
            workers · {rate(group.perSecond)}
          </span>
          {group.paused > 0 && (
            <Button small needs="operator" onClick={() => onAct("resume", group.name)}>
              Resume
            </Button>
          )}
          {!allPaused && (
            <Button small needs="operator" onClick={() => onAct("pause", group.name)}>
              Pause
            </Button>
          )}
          <Button small kind="danger" needs="admin" onClick={() => onAct("purge", group.name)}>
            Purge …
          </Button>
        </>
      }
    >
      <div class="table-box">
        <table class="cards queues">
          <thead>
            <tr>
              <th>Stage</th>
              <th class="num">Pending</th>
              <th class="num">In flight</th>
              <th class="num">Oldest</th>
              <th class="num">Workers</th>
              <th class="num">Rate</th>
              <th class="num">Redelivered</th>
              <th>
                <span class="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {group.stages.map((stage) => (
              <StageRow key={stage.stage} stage={stage} known={known} onAct={onAct} />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function StageRow({ stage, known, onAct }: { stage: QueueStage } & Pick<QueueCardProps, "known" | "onAct">) {
  return (
    <tr>
      <th scope="row" class="full">
        <span class="row">
          <a href={`/tasks?stage=${encodeURIComponent(stage.stage)}`}>{stage.stage}</a>
          {stage.paused && (
            <span class="state revoked">
              <i aria-hidden="true">‖</i>paused
            </span>
          )}
          {known && lacksWorkers(stage) && (
            <span class="state failure">
              <i aria-hidden="true">✕</i>no workers
            </span>
          )}
        </span>
      </th>
      <td class="num" data-label="pending">
        {count(stage.pending)}
      </td>
      <td class="num" data-label="in flight">
        {count(stage.inFlight)}
      </td>
      <td class="num" data-label="oldest">
        {duration(stage.oldestMs)}
      </td>
      <td class="num" data-label="workers">
        {count(stage.consumers)}
      </td>
      <td class="num" data-label="rate">
        {rate(stage.perSecond)}
      </td>
      <td class="num dim" data-label="redelivered">
        {count(stage.redelivered)}
      </td>
      <td class="num full">
        <span class="row end">
          <Button
            small
            needs="operator"
            label={`${stage.paused ? "resume" : "pause"} ${stage.stage}`}
            onClick={() => onAct(stage.paused ? "resume" : "pause", stage.stage)}
          >
            {stage.paused ? "Resume" : "Pause"}
          </Button>
          <Button
            small
            kind="danger"
            needs="admin"
            label={`purge ${stage.stage}`}
            onClick={() => onAct("purge", stage.stage)}
          >
            Purge …
          </Button>
        </span>
      </td>
    </tr>
  );
}
