import { useId, useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import { put } from "../../api/request.ts";
import type { Schedule } from "../../api/types.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { JsonField } from "../../components/json-field.tsx";
import { toast } from "../../state/toasts.ts";

export interface ScheduleDialogProps {
  schedule: Schedule;
  onClose: () => void;
  onDone: () => void;
}

/** When a schedule runs and what it sends. */
export function ScheduleDialog({ schedule, onClose, onDone }: ScheduleDialogProps) {
  const [cron, setCron] = useState(schedule.cron);
  const [timeZone, setTimeZone] = useState(schedule.timeZone);
  const [enabled, setEnabled] = useState(schedule.enabled);
  const [body, setBody] = useState<{ value: unknown } | null | undefined>();
  const zones = useId();
  return (
    <ActionDialog
      title={`Schedule ${schedule.name}`}
      action="Save"
      ready={cron.trim() !== "" && timeZone.trim() !== "" && body !== null}
      onClose={onClose}
      onConfirm={async () => {
        await put(paths.schedule(schedule.name), {
          cron: cron.trim(),
          timeZone: timeZone.trim(),
          enabled,
          ...(body ? { body: body.value } : {}),
        });
        toast(`${schedule.name}: saved`);
        onDone();
      }}
    >
      <div class="fields">
        <label class="field">
          <span>Cron</span>
          <input
            class="mono"
            value={cron}
            spellcheck={false}
            onInput={(event) => setCron(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>Time zone</span>
          <input value={timeZone} list={zones} onInput={(event) => setTimeZone(event.currentTarget.value)} />
          <datalist id={zones}>
            {Intl.supportedValuesOf("timeZone").map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </label>
      </div>
      <label class="row">
        <input type="checkbox" checked={enabled} onChange={() => setEnabled(!enabled)} />
        runs by the clock
      </label>
      {schedule.body != null && <JsonField label="What it sends" value={schedule.body} onChange={setBody} />}
    </ActionDialog>
  );
}
