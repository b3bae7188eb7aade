import { Fragment } from "preact";
import type { Attempt } from "../../api/types.ts";
import { AbsoluteTime } from "../../components/time.tsx";
import { duration } from "../../format/duration.ts";

/** Every execution, a row each; what went wrong has the width below it. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return null;
  return (
    <div class="table-box" tabIndex={0} role="group" aria-label="attempts">
      <table class="cards attempts">
        <thead>
          <tr>
            <th class="num">Attempt</th>
            <th>Outcome</th>
            <th>Worker</th>
            <th class="num">Ran</th>
            <th>Started</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((each) => (
            <Fragment key={`${each.seq} ${each.attempt}`}>
              <tr>
                <td class="num" data-label="attempt">
                  {each.attempt}
                </td>
                <td>{each.outcome ?? "running"}</td>
                <td class="dim nowrap">{each.worker ?? "–"}</td>
                <td class="num" data-label="ran">
                  {duration(each.runtimeMs)}
                </td>
                <td class="nowrap full">
                  <AbsoluteTime at={each.started} />
                </td>
              </tr>
              {each.error && (
                <tr class="attempt-error">
                  <td colSpan={5} class="full bad-text">
                    <code>{each.error.code}</code> {each.error.message}
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
