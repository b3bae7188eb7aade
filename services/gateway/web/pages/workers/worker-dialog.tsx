import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import { post } from "../../api/request.ts";
import type { WorkerRow } from "../../api/types.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { NumberField } from "../../components/number-field.tsx";
import { toast } from "../../state/toasts.ts";

export type WorkerVerb =
  | ("grow" | "shrink" | "autoscale" | "cancel-consumer" | "add-consumer" | "restart")
  | ("rate-limit" | "time-limit" | "shutdown");

export interface WorkerDialogProps {
  verb: WorkerVerb;
  worker: WorkerRow;
  onClose: () => void;
  onDone: () => void;
}

const TITLES: Record<WorkerVerb, string> = {
  grow: "Grow",
  shrink: "Shrink",
  autoscale: "Autoscale",
  "cancel-consumer": "Cancel consumer",
  "add-consumer": "Add consumer",
  restart: "Restart pool",
  "rate-limit": "Rate limit",
  "time-limit": "Time limits",
  shutdown: "Shut down",
};

/** What a worker is to be told, with its figures. */
export function WorkerDialog({ verb, worker, onClose, onDone }: WorkerDialogProps) {
  const [n, setN] = useState<number | null>(1);
  const [min, setMin] = useState<number | null>(1);
  const [max, setMax] = useState<number | null>(worker.slots);
  const [perMinute, setPerMinute] = useState<number | null>(null);
  const [soft, setSoft] = useState<number | null>(null);
  const [hard, setHard] = useState<number | null>(null);
  const seconds = (value: number | null) => (value === null ? null : Math.round(value * 1000));
  const bodies: Record<WorkerVerb, Record<string, unknown>> = {
    grow: { n },
    shrink: { n },
    autoscale: max === null ? {} : { min: min ?? 0, max },
    "cancel-consumer": {},
    "add-consumer": {},
    restart: {},
    "rate-limit": { ratePerMinute: perMinute },
    "time-limit": { softLimitMs: seconds(soft), hardLimitMs: seconds(hard) },
    shutdown: {},
  };
  const ready = {
    grow: n !== null,
    shrink: n !== null && n < worker.slots,
    autoscale: max === null || (min ?? 0) <= max,
    "cancel-consumer": true,
    "add-consumer": true,
    restart: true,
    "rate-limit": true,
    "time-limit": soft === null || hard === null || soft <= hard,
    shutdown: true,
  }[verb];
  return (
    <ActionDialog
      title={`${TITLES[verb]}: ${verb.endsWith("limit") ? worker.stage : worker.worker}`}
      action={TITLES[verb]}
      danger={verb === "shutdown"}
      reason="optional"
      ready={ready}
      onClose={onClose}
      onConfirm={async (answer) => {
        await post(paths.worker(worker.worker, verb), { ...answer, ...bodies[verb] });
        toast(`${worker.worker}: ${TITLES[verb].toLowerCase()} done`);
        onDone();
      }}
    >
      {(verb === "grow" || verb === "shrink") && (
        <>
          <p>
            It has {worker.slots} {worker.slots === 1 ? "slot" : "slots"}, {worker.active} in use.
          </p>
          <NumberField
            label="Slots"
            value={n}
            min={1}
            max={verb === "grow" ? 1000 : worker.slots - 1}
            onChange={setN}
          />
        </>
      )}
      {verb === "autoscale" && (
        <>
          <p>The worker chooses its slots between these, by what waits. Without a most it stops doing so.</p>
          <div class="fields">
            <NumberField label="Least" value={min} min={0} onChange={setMin} />
            <NumberField label="Most" value={max} min={1} onChange={setMax} />
          </div>
        </>
      )}
      {verb === "rate-limit" && (
        <>
          <p>
            Starts per minute of stage <b>{worker.stage}</b>, over all its workers together. Empty: no limit.
          </p>
          <NumberField
            label="Starts per minute"
            value={perMinute}
            min={0.1}
            step="any"
            onChange={setPerMinute}
          />
        </>
      )}
      {verb === "time-limit" && (
        <>
          <p>
            How long tasks of stage <b>{worker.stage}</b> may run, on all its workers. At the soft limit they
            are asked to stop, at the hard limit they are ended. Empty: as declared.
          </p>
          <div class="fields">
            <NumberField label="Soft limit (s)" value={soft} min={0.001} step="any" onChange={setSoft} />
            <NumberField label="Hard limit (s)" value={hard} min={0.001} step="any" onChange={setHard} />
          </div>
        </>
      )}
      {verb === "cancel-consumer" && (
        <p>
          It takes nothing more from <b>{worker.stage}</b>; what it runs goes on. It stays until it is told
          otherwise.
        </p>
      )}
      {verb === "add-consumer" && (
        <p>
          It takes work of <b>{worker.stage}</b> again, with the slots it had. One that does already is left
          as it is.
        </p>
      )}
      {verb === "restart" && (
        <p>Its executor processes are replaced by new ones; what they run is finished first.</p>
      )}
      {verb === "shutdown" && (
        <p>
          It takes no more work, finishes or hands over its {worker.active} running{" "}
          {worker.active === 1 ? "task" : "tasks"}, and ends. Whoever runs it may start it again.
        </p>
      )}
    </ActionDialog>
  );
}
