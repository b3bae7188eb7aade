import type { WorkerRow } from "../../api/types.ts";
import { Menu } from "../../components/menu.tsx";
import { Meter } from "../../components/meter.tsx";
import { Look } from "../../components/state-badge.tsx";
import { Time } from "../../components/time.tsx";
import { coarse } from "../../format/duration.ts";
import { bytes, count, rate } from "../../format/number.ts";
import { SIGNS, type StateLook } from "../../format/state.ts";
import { relative } from "../../format/time.ts";
import { now } from "../../state/clock.ts";
import { zone } from "../../state/preferences.ts";
import { canAdmin, canOperate, whyNot } from "../../state/session.ts";
import type { WorkerVerb } from "./worker-dialog.tsx";

const LOOKS: Record<WorkerRow["state"], StateLook> = {
  online: { tone: "success", sign: SIGNS.success, label: "online" },
  draining: { tone: "started", sign: "▾", label: "draining" },
  offline: { tone: "pending", sign: "○", label: "offline" },
};

const VERBS: { verb: WorkerVerb; label: string; admin?: boolean }[] = [
  { verb: "grow", label: "Grow …" },
  { verb: "shrink", label: "Shrink …" },
  { verb: "autoscale", label: "Autoscale …" },
  { verb: "cancel-consumer", label: "Cancel consumer …" },
  { verb: "add-consumer", label: "Add consumer …" },
  { verb: "restart", label: "Restart pool …", admin: true },
  { verb: "rate-limit", label: "Rate limit …", admin: true },
  { verb: "time-limit", label: "Time limits …", admin: true },
  { verb: "shutdown", label: "Shut down …", admin: true },
];

export interface WorkerTableProps {
  workers: readonly WorkerRow[];
  onAct: (verb: WorkerVerb, worker: WorkerRow) => void;
}

/** Workers, a row each. */
export function WorkerTable({ workers, onAct }: WorkerTableProps) {
  return (
    <div class="table-box">
      <table class="cards workers">
        <thead>
          <tr>
            <th>Worker</th>
            <th>State</th>
            <th>Queue</th>
            <th>Slots</th>
            <th class="num">CPU</th>
            <th class="num">Memory</th>
            <th class="num">Processed</th>
            <th class="num">Failed</th>
            <th class="num">Rate</th>
            <th class="num">Up</th>
            <th>
              <span class="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {workers.map((worker) => (
            <Row key={worker.worker} worker={worker} onAct={onAct} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ worker, onAct }: { worker: WorkerRow; onAct: WorkerTableProps["onAct"] }) {
  const active = `/tasks?${new URLSearchParams({ worker: worker.worker, state: "STARTED" })}`;
  const all = `/tasks?${new URLSearchParams({ worker: worker.worker })}`;
  const gone = !worker.online;
  return (
    <tr class={gone ? "gone" : ""}>
      <th scope="row">
        <a href={all}>{worker.stage}</a>{" "}
        <span class="dim small worker-name">{worker.worker.slice(worker.stage.length + 1)}</span>
      </th>
      <td>
        <Look look={LOOKS[worker.state]} title={`heard of ${relative(worker.at, now.value, zone.value)}`} />
        {gone && (
          <span class="dim small">
            {" "}
            <Time at={worker.at} />
          </span>
        )}
      </td>
      <td class="dim" data-label="queue">
        {worker.queue}
      </td>
      <td class="nowrap" data-label="slots">
        <span class="slots">
          <Meter
            value={worker.slots > 0 ? worker.active / worker.slots : 0}
            label={`${worker.active} of ${worker.slots} slots`}
          />
          {worker.active > 0 ? (
            <a href={active}>{`${worker.active}/${worker.slots}`}</a>
          ) : (
            `0/${worker.slots}`
          )}
        </span>
      </td>
      <td class="num" data-label="cpu" title="of one core, of its process">
        {worker.cpu === null ? "–" : `${Math.round(worker.cpu * 100)} %`}
      </td>
      <td class="num" data-label="memory" title="of its process">
        {bytes(worker.residentBytes)}
      </td>
      <td class="num" data-label="processed">
        {count(worker.processed)}
      </td>
      <td class={worker.failed > 0 ? "num bad-text" : "num"} data-label="failed">
        {count(worker.failed)}
      </td>
      <td class="num" data-label="rate">
        {rate(worker.perSecond)}
      </td>
      <td class="num dim no-phone">{coarse((gone ? worker.at : now.value) - worker.startedAt)}</td>
      <td class="num full">
        {!gone && (
          <Menu
            label={`act on ${worker.worker}`}
            items={VERBS.map(({ verb, label, admin }) => ({
              label,
              danger: verb === "shutdown",
              disabled: admin ? !canAdmin.value : !canOperate.value,
              ...(whyNot.value ? { title: whyNot.value } : {}),
              onSelect: () => onAct(verb, worker),
            }))}
          >
            Act ▾
          </Menu>
        )}
      </td>
    </tr>
  );
}
