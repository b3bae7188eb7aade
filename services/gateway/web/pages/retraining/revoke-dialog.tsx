import { paths } from "../../api/paths.ts";
import { post } from "../../api/request.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { toast } from "../../state/toasts.ts";

/** Asks before a run of training is ended. */
export function RevokeDialog({
  run,
  onClose,
  onDone,
}: {
  run: string;
  onClose: () => void;
  onDone: () => void;
}) {
  return (
    <ActionDialog
      title={`Revoke ${run}`}
      action="Revoke"
      danger
      reason="optional"
      onClose={onClose}
      onConfirm={async (answer) => {
        await post(`${paths.run("retrain", run)}/revoke`, answer);
        toast(`${run} is revoked`);
        onDone();
      }}
    >
      <p>All its trainings are ended together; no model changes.</p>
    </ActionDialog>
  );
}
