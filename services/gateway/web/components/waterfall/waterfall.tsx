import type { Attempt, TaskSummary } from "../../api/types.ts";
import { duration } from "../../format/duration.ts";
import { now } from "../../state/clock.ts";
import { Empty } from "../states.tsx";
import { waterfallOf } from "./bars.ts";
import "./waterfall.css";

export interface WaterfallProps {
  tasks: readonly (TaskSummary & { executions: Attempt[] })[];
  /** Stages in the pipeline's order. */
  order?: readonly string[];
}

/** Tasks over time: waiting hatched, every attempt its own bar. */
export function Waterfall({ tasks, order = [] }: WaterfallProps) {
  const running = tasks.some((task) => task.ended === null);
  const model = waterfallOf(tasks, running ? now.value : 0, order);
  if (model.rows.length === 0) return <Empty title="Nothing has run yet" />;
  const span = model.to - model.from;
  const place = (from: number, to: number) => ({
    // The shortest bar is 3 px wide, also at the very end.
    left: `min(${(((from - model.from) / span) * 100).toFixed(3)}%, 100% - 3px)`,
    width: `${(((to - from) / span) * 100).toFixed(3)}%`,
  });
  return (
    <div class="waterfall">
      <ol>
        {model.rows.map((row) => (
          <li key={row.id}>
            <a href={`/tasks/${encodeURIComponent(row.id)}`}>{row.label}</a>
            <div class="track">
              {row.bars.map((bar, i) => (
                <i
                  key={i}
                  class={bar.kind}
                  style={place(bar.from, bar.to)}
                  title={`${bar.text}, ${duration(bar.to - bar.from)}`}
                />
              ))}
            </div>
            <span class="num">{duration(row.runtimeMs)}</span>
          </li>
        ))}
      </ol>
      <p class="legend dim small" aria-hidden="true">
        <span class="wait">waited</span>
        <span class="success">succeeded</span>
        <span class="started">retried or running</span>
        <span class="failure">failed</span>
        <span class="grow num">{duration(span)} in all</span>
      </p>
    </div>
  );
}
