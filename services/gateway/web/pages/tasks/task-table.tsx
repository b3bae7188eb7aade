import type { TaskSummary } from "../../api/types.ts";
import { TaskBadge } from "../../components/state-badge.tsx";
import { Time } from "../../components/time.tsx";
import { compact } from "../../format/compact.ts";
import { duration } from "../../format/duration.ts";
import { location, setQuery } from "../../router/location.ts";

export interface TaskTableProps {
  tasks: readonly TaskSummary[];
  stale: boolean;
  chosen: ReadonlySet<string>;
  /** Null where nobody may act. */
  onChoose: ((ids: ReadonlySet<string>) => void) | null;
}

/** Tasks, a row each; headings sort. */
export function TaskTable({ tasks, stale, chosen, onChoose }: TaskTableProps) {
  const all = tasks.length > 0 && tasks.every((task) => chosen.has(task.id));
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose?.(next);
  };
  return (
    <div class="table-box">
      <table class={`cards tasks${stale ? " stale" : ""}`}>
        <thead>
          <tr>
            {onChoose && (
              <th class="tick">
                <input
                  type="checkbox"
                  aria-label="choose all of this page"
                  checked={all}
                  onChange={() => onChoose(all ? new Set() : new Set(tasks.map((task) => task.id)))}
                />
              </th>
            )}
            <th class="state-of">State</th>
            <th class="name">Task</th>
            <th class="about">Arguments or error</th>
            <th class="worker">Worker</th>
            <Sorted by="attempts" name="tries">
              Tries
            </Sorted>
            <Sorted by="wait">Waited</Sorted>
            <Sorted by="runtime">Ran</Sorted>
            <Sorted by="newest" other="oldest">
              Created
            </Sorted>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <tr key={task.id} class={chosen.has(task.id) ? "chosen" : ""}>
              {onChoose && (
                <td class="tick no-phone">
                  <input
                    type="checkbox"
                    aria-label={`choose ${task.id}`}
                    checked={chosen.has(task.id)}
                    onChange={() => toggle(task.id)}
                  />
                </td>
              )}
              <td class="nowrap">
                <TaskBadge state={task.state} />
              </td>
              <td class="name">
                <a href={`/tasks/${encodeURIComponent(task.id)}`}>
                  <b>{task.stage}</b>
                  <span class="dim">.{task.id.slice(task.stage.length + 1)}</span>
                </a>
              </td>
              <td class="clip about full" title={aboutOf(task)}>
                {task.error ? (
                  <span class="bad-text">
                    <code>{task.error.code}</code> {task.error.message}
                  </span>
                ) : (
                  <span class="dim">{aboutOf(task)}</span>
                )}
              </td>
              <td class="clip worker dim no-phone" title={task.worker ?? ""}>
                {task.worker?.replace(`${task.stage}-`, "") ?? "–"}
              </td>
              <td class="num no-phone">{task.attempts}</td>
              <td class="num" data-label="waited">
                {duration(task.waitMs)}
              </td>
              <td class="num" data-label="ran">
                {duration(task.runtimeMs)}
              </td>
              <td class="num dim">
                <Time at={task.created} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const aboutOf = (task: TaskSummary): string =>
  compact(
    task.error?.message ?? (task.state === "STARTED" ? task.note : null) ?? task.args ?? task.result ?? "",
  );

interface SortedProps {
  by: string;
  other?: string;
  /** Class of the column. */
  name?: string;
  children: string;
}

function Sorted({ by, other, name = "", children }: SortedProps) {
  const sort = location.value.query.get("sort") ?? "newest";
  const on = sort === by || sort === other;
  const next = sort === by && other ? other : by;
  return (
    <th class={`num ${name}`} aria-sort={on ? (sort === "oldest" ? "ascending" : "descending") : undefined}>
      <button
        type="button"
        class="sort"
        onClick={() => setQuery({ sort: next === "newest" ? null : next, cursor: null, page: null })}
      >
        {children}
        <span aria-hidden="true">{on ? (sort === "oldest" ? " ↑" : " ↓") : ""}</span>
      </button>
    </th>
  );
}
