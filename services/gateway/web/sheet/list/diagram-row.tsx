import type { ComponentChildren } from "preact";
import type { RunSummary } from "../../api/types.ts";
import { Meter } from "../../components/meter.tsx";
import { RunBadge } from "../../components/state-badge.tsx";
import { Time } from "../../components/time.tsx";
import { Thumbnail } from "./thumbnail.tsx";

/** A diagram in a list: its picture, where it is, how far. */
export function DiagramRow({
  run,
  note,
  href,
}: {
  run: RunSummary;
  note?: ComponentChildren;
  href?: string;
}) {
  const below = run.error
    ? `${run.error.stage}: ${run.error.message}`
    : run.stage && !run.final && !run.waits
      ? `${run.uid} · ${run.stage}`
      : run.uid;
  return (
    <li>
      <a class="diagram-row" href={href ?? `/diagrams/${run.uid}`}>
        <Thumbnail run={run} />
        <span class="what">
          <b>{run.name ?? run.uid}</b>
          <span class={run.error ? "bad-text small" : "dim small"} title={below}>
            {note ?? below}
          </span>
        </span>
        <RunBadge run={run} />
        <span class="how-far">
          {run.final ? null : <Meter value={run.progress} label={`progress of ${run.name ?? run.uid}`} />}
        </span>
        <span class="dim small num">
          <Time at={run.updated} />
        </span>
      </a>
    </li>
  );
}
