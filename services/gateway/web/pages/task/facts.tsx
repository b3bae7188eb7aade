import type { TaskDetail } from "../../api/types.ts";
import { Meter } from "../../components/meter.tsx";
import { AbsoluteTime, Time } from "../../components/time.tsx";
import { duration } from "../../format/duration.ts";
import { runHref } from "../../format/run-href.ts";

/** What is known of a task, a line each. */
export function Facts({ task }: { task: TaskDetail }) {
  const asked = (name: string, value: string) => `/tasks?${new URLSearchParams({ [name]: value })}`;
  return (
    <dl class="facts">
      <dt>Run</dt>
      <dd>
        <a href={runHref(task.pipeline, task.run)}>{task.run}</a>
        {task.generation > 0 && <span class="dim"> · retry {task.generation}</span>}
      </dd>
      <dt>Stage</dt>
      <dd>
        <a href={asked("stage", task.stage)}>{task.stage}</a> <span class="dim">of {task.pipeline}</span>
      </dd>
      <dt>Queue</dt>
      <dd>
        <a href={asked("queue", task.queue)}>{task.queue}</a>
      </dd>
      <dt>Worker</dt>
      <dd>{task.worker ? <a href={asked("worker", task.worker)}>{task.worker}</a> : "–"}</dd>
      {task.state === "STARTED" && task.progress !== null && (
        <>
          <dt>Progress</dt>
          <dd>
            <Meter value={task.progress} label="progress" /> {Math.round(task.progress * 100)} %
          </dd>
        </>
      )}
      {task.note && (
        <>
          <dt>Says</dt>
          <dd>{task.note}</dd>
        </>
      )}
      {task.retryAt !== null && task.state === "RETRY" && (
        <>
          <dt>Tried again</dt>
          <dd>
            <Time at={task.retryAt} />
          </dd>
        </>
      )}
      <dt>Attempts</dt>
      <dd>{task.attempts}</dd>
      <dt>Waited</dt>
      <dd>{duration(task.waitMs)}</dd>
      <dt>Ran</dt>
      <dd>{duration(task.runtimeMs)}</dd>
      {(["sent", "received", "started", "ended"] as const).map((name) => [
        <dt key={name}>{name.replace(/^./, (letter) => letter.toUpperCase())}</dt>,
        <dd key={`${name} at`}>
          <AbsoluteTime at={task[name]} />
        </dd>,
      ])}
      <dt>Message</dt>
      <dd class="dim">{task.seq > 0 ? `sequence ${task.seq}` : "–"}</dd>
    </dl>
  );
}
