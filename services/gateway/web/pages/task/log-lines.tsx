import type { TaskDetail } from "../../api/types.ts";
import { clock, day } from "../../format/time.ts";
import { zone } from "../../state/preferences.ts";

/** What the handler wrote, oldest first. */
export function LogLines({ lines }: { lines: TaskDetail["log"] }) {
  if (lines.length === 0) return <p class="dim">It has written nothing.</p>;
  return (
    <div class="log" tabIndex={0} role="log" aria-label="log lines">
      {lines.map((line, i) => (
        <p key={i} class={line.level}>
          <time dateTime={new Date(line.at).toISOString()} title={day(line.at, zone.value)}>
            {clock(line.at, zone.value, true)}
          </time>
          <b>{line.level}</b>
          <span>
            {line.message}
            {line.fields && <span class="dim"> {JSON.stringify(line.fields)}</span>}
          </span>
        </p>
      ))}
    </div>
  );
}
