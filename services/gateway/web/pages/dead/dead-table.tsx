import type { DeadLetter } from "../../api/types.ts";
import { Time } from "../../components/time.tsx";
import { runHref } from "../../format/run-href.ts";

/** Letters, a row each; the number opens one. */
export function DeadTable({
  letters,
  onOpen,
}: {
  letters: readonly DeadLetter[];
  onOpen: (seq: number) => void;
}) {
  return (
    <div class="table-box">
      <table class="cards">
        <thead>
          <tr>
            <th>Letter</th>
            <th>Stage</th>
            <th>Run</th>
            <th>Reason</th>
            <th>Message</th>
            <th class="num">Deliveries</th>
            <th class="num">Died</th>
          </tr>
        </thead>
        <tbody>
          {letters.map((letter) => (
            <tr key={letter.seq}>
              <th scope="row">
                <button type="button" class="link" onClick={() => onOpen(letter.seq)}>
                  #{letter.seq}
                </button>
              </th>
              <td>{letter.stage}</td>
              <td class="full">
                <a href={runHref(letter.pipeline, letter.run)}>{letter.run || "–"}</a>
              </td>
              <td>
                <span class="state failure">
                  <i aria-hidden="true">✕</i>
                  {letter.reason}
                </span>
              </td>
              <td class="full dead-message">
                <code>{letter.code}</code> {letter.message}
              </td>
              <td class="num" data-label="deliveries">
                {letter.deliveries}
              </td>
              <td class="num dim">
                <Time at={letter.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
