import type { RetrainPart, RetrainRun } from "../../api/types.ts";
import { Button } from "../../components/button.tsx";
import { Look } from "../../components/state-badge.tsx";
import { Time } from "../../components/time.tsx";
import { brief } from "../../format/duration.ts";
import { runStateLook } from "../../format/state.ts";
import { now } from "../../state/clock.ts";
import { gain, modelsIn } from "./grid.ts";

/** A row for each run, a column for each model. */
export function RunGrid({
  runs,
  onRevoke,
}: {
  runs: readonly RetrainRun[];
  onRevoke: (run: string) => void;
}) {
  const models = modelsIn(runs);
  return (
    <div class="table-box" tabIndex={0} role="group" aria-label="runs by model">
      <table class="run-grid">
        <thead>
          <tr>
            <th>Run</th>
            <th>State</th>
            <th class="num">Took</th>
            {models.map((model) => (
              <th key={model}>{model}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.run}>
              <th scope="row">
                <a href={`/tasks?${new URLSearchParams({ run: run.run })}`}>{run.run}</a>
                <span class="dim small">
                  <Time at={run.createdAt} />
                  {run.dataset && ` · ${run.dataset}`}
                  {(run.schedule ?? run.by) && ` · ${run.schedule ?? run.by}`}
                </span>
              </th>
              <td>
                <Look look={runStateLook(run.state)} {...(run.reason ? { title: run.reason } : {})} />
                {run.reason && <p class="dim small reason">{run.reason}</p>}
                {run.endedAt === null && (
                  <Button small kind="danger" needs="operator" onClick={() => onRevoke(run.run)}>
                    Revoke …
                  </Button>
                )}
              </td>
              <td class="num">{brief((run.endedAt ?? now.value) - run.createdAt)}</td>
              {models.map((model) => {
                const part = run.parts[model];
                return <td key={model}>{part ? <Part part={part} /> : <span class="dim">–</span>}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Part({ part }: { part: RetrainPart }) {
  const look = runStateLook(part.state);
  const better = gain(part.score, part.liveScore);
  const why = part.error ?? part.reason;
  return (
    <div class={`part ${look.tone}`} title={why ?? part.note ?? look.label}>
      <span>
        <i aria-hidden="true">{look.sign}</i>
        <span class="visually-hidden">{look.label}</span>
        {part.score === null ? look.label : part.score.toFixed(3)}
        {part.progress !== null && part.score === null && ` ${Math.round(part.progress * 100)} %`}
        {part.promoted && <b title={`promoted as ${part.version}`}>★ live</b>}
      </span>
      {part.score === null && why ? (
        <small class="why">{why}</small>
      ) : (
        <small>
          {brief(part.runtimeMs)}
          {better && ` · ${better}`}
        </small>
      )}
    </div>
  );
}
