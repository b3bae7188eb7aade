import type { Attempt } from "../../api/types.ts";
import { AbsoluteTime } from "../../components/time.tsx";
import { duration } from "../../format/duration.ts";

/** Every execution, a row each. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return null;
  return (
    <div class="table-box" tabIndex={0} role="group" aria-label="attempts">
      <table>
        <thead>
          <tr>
            <th class="num">Attempt</th>
            <th>Outcome</th>
            <th>Worker</th>
            <th class="num">Ran</th>
            <th>Started</th>
            <th>Error</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((each) => (
            <tr key={`${each.seq} ${each.attempt}`}>
              <td class="num">{each.attempt}</td>
              <td>{each.outcome ?? "running"}</td>
              <td class="dim nowrap">{each.worker ?? "–"}</td>
              <td class="num">{duration(each.runtimeMs)}</td>
              <td class="nowrap">
                <AbsoluteTime at={each.started} />
              </td>
              <td class="attempt-error">
                {each.error && (
                  <span class="bad-text">
                    <code>{each.error.code}</code> {each.error.message}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
