import { useEffect, useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import { get } from "../../api/request.ts";
import type { TaskDetail, Timeline } from "../../api/types.ts";
import { clock } from "../../format/time.ts";
import { zone } from "../../state/preferences.ts";

interface Line {
  stage: string;
  text: string;
  at: number | null;
  level: string;
}

/** What the stages wrote while they worked on a diagram; asked for when it is opened. */
export function LogLines({ story }: { story: Timeline }) {
  const [open, setOpen] = useState(false);
  const [lines, setLines] = useState<Line[]>();
  const version = story.tasks.map((task) => `${task.id} ${task.updated}`).join();
  useEffect(() => {
    if (!open) return;
    let over = false;
    Promise.all(story.tasks.map((task) => get<TaskDetail>(paths.task(task.id)).catch(() => undefined))).then(
      (tasks) => {
        if (!over) setLines(tasks.flatMap((task) => (task ? linesOf(task) : [])));
      },
    );
    return () => {
      over = true;
    };
  }, [open, version]);
  return (
    <details class="log" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Log lines</summary>
      {lines?.length === 0 && <p class="dim small">The stages wrote nothing.</p>}
      {lines && lines.length > 0 && (
        <ol class="code" tabIndex={0}>
          {lines.map((line, i) => (
            <li key={i} class={line.level}>
              {line.at !== null && <span class="dim">{clock(line.at, zone.value)} </span>}
              <b>{line.stage}</b> {line.text}
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}

function linesOf(task: TaskDetail): Line[] {
  return task.log.map((line) =>
    typeof line === "string"
      ? { stage: task.stage, text: line, at: null, level: "info" }
      : { stage: task.stage, text: line.message, at: line.at, level: line.level },
  );
}
