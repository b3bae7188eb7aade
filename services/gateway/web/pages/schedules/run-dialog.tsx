import { paths } from "../../api/paths.ts";
import { post } from "../../api/request.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { toast } from "../../state/toasts.ts";
import type { ScheduleDialogProps } from "./schedule-dialog.tsx";

/** Asks before a schedule runs out of its time. */
export function RunDialog({ schedule, onClose, onDone }: ScheduleDialogProps) {
  return (
    <ActionDialog
      title={`Run ${schedule.name} now`}
      action="Run now"
      reason="optional"
      onClose={onClose}
      onConfirm={async (answer) => {
        const { run } = await post<{ run: string }>(paths.runSchedule(schedule.name), answer);
        toast(`Run ${run} is started`);
        onDone();
      }}
    >
      <p>It starts at once; the clock goes on as before. A run that is still going is not started twice.</p>
    </ActionDialog>
  );
}
