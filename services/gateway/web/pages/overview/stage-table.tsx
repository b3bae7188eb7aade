import type { StageOverview } from "../../api/types.ts";
import { brief } from "../../format/duration.ts";
import { count, rate } from "../../format/number.ts";

/** Every stage in figures. */
export function StageTable({ stages }: { stages: readonly StageOverview[] }) {
  return (
    <div class="table-box" tabIndex={0} role="group" aria-label="stages in figures">
      <table>
        <thead>
          <tr>
            <th>Stage</th>
            <th>Queue</th>
            <th class="num">Pending</th>
            <th class="num">Active</th>
            <th class="num">Retrying</th>
            <th class="num">Succeeded</th>
            <th class="num">Failed</th>
            <th class="num">Rate</th>
            <th class="num">Wait p50 · p95</th>
            <th class="num">Run p50 · p95</th>
            <th class="num">Oldest</th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage) => (
            <tr key={stage.stage}>
              <th scope="row">
                <a href={`/tasks?stage=${encodeURIComponent(stage.stage)}`}>{stage.stage}</a>
              </th>
              <td class="dim">{stage.queue}</td>
              <td class="num">{count(stage.pending)}</td>
              <td class="num">{count(stage.active)}</td>
              <td class="num">{count(stage.retrying)}</td>
              <td class="num">{count(stage.succeeded)}</td>
              <td class={stage.failed + stage.deadLettered > 0 ? "num bad-text" : "num"}>
                {count(stage.failed + stage.deadLettered)}
              </td>
              <td class="num">{rate(stage.perSecond)}</td>
              <td class="num">
                <span class="dim">{brief(stage.waitP50Ms)} ·</span> {brief(stage.waitP95Ms)}
              </td>
              <td class="num">
                <span class="dim">{brief(stage.runP50Ms)} ·</span> {brief(stage.runP95Ms)}
              </td>
              <td class="num">{brief(stage.oldestPendingMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
