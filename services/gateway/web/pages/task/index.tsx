import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import type { TaskDetail } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Code } from "../../components/code.tsx";
import { Card, Page } from "../../components/page.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TaskBadge } from "../../components/state-badge.tsx";
import { Waterfall } from "../../components/waterfall/waterfall.tsx";
import type { PageProps } from "../../routes.ts";
import { Attempts } from "./attempts.tsx";
import { Facts } from "./facts.tsx";
import { LogLines } from "./log-lines.tsx";
import { TaskActions } from "./task-actions.tsx";
import "./task.css";

/** One task: what it was given, what became of it, every attempt, and what can be done. */
export function TaskPage({ params }: PageProps) {
  const id = params.id ?? "";
  const task = useQuery<TaskDetail>(paths.task(id), undefined, {
    live: { kind: "task", task: id },
    calmMs: 400,
  });
  const data = task.data;
  return (
    <Page
      title={
        <>
          {id} {data && <TaskBadge state={data.state} />}
        </>
      }
      about={<a href="/tasks">All tasks</a>}
      actions={data && <TaskActions task={data} onDone={task.refresh} />}
    >
      <QueryView query={task} lines={10}>
        {(found) => <Detail task={found} />}
      </QueryView>
    </Page>
  );
}

function Detail({ task }: { task: TaskDetail }) {
  const [stack, setStack] = useState(false);
  return (
    <>
      {task.error && (
        <section class="note bad" aria-label="error">
          <div class="stack grow">
            <p>
              <code>{task.error.code}</code> · {task.error.kind}
            </p>
            <p>{task.error.message}</p>
            {task.error.stack && (
              <details onToggle={(event) => setStack(event.currentTarget.open)}>
                <summary>Stack</summary>
                {stack && <Code text={task.error.stack} label="stack" />}
              </details>
            )}
          </div>
        </section>
      )}
      <div class="task-columns">
        <Card title="Task">
          <Facts task={task} />
        </Card>
        <div class="page">
          <Card title="Attempts">
            <Waterfall tasks={[task]} />
            <Attempts attempts={task.executions} />
          </Card>
          <Card title="Log">
            <LogLines lines={task.log} />
          </Card>
          <Card title="Arguments">
            {task.args === null ? <p class="dim">none</p> : <Code text={task.args} label="arguments" />}
          </Card>
          <Card title="Result">
            {task.result === null ? (
              <p class="dim">{task.ended === null ? "none yet" : "none"}</p>
            ) : (
              <Code text={task.result} label="result" />
            )}
          </Card>
        </div>
      </div>
    </>
  );
}
