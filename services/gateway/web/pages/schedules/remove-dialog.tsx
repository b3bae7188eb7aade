import { paths } from "../../api/paths.ts";
import { del } from "../../api/request.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { toast } from "../../state/toasts.ts";
import type { ScheduleDialogProps } from "./schedule-dialog.tsx";

/** Asks before a schedule is taken away. */
export function RemoveDialog({ schedule, onClose, onDone }: ScheduleDialogProps) {
  return (
    <ActionDialog
      title={`Remove ${schedule.name}`}
      action="Remove"
      danger
      typed={schedule.name}
      onClose={onClose}
      onConfirm={async () => {
        await del(paths.schedule(schedule.name));
        toast(`${schedule.name} is removed`);
        onDone();
      }}
    >
      <p>It does not run by the clock any more. Runs that are under way go on.</p>
    </ActionDialog>
  );
}
