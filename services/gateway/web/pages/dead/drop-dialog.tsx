import { paths } from "../../api/paths.ts";
import { post } from "../../api/request.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { toast } from "../../state/toasts.ts";

/** Asks why before a letter is thrown away. */
export function DropDialog({
  seq,
  onClose,
  onDone,
}: {
  seq: number;
  onClose: () => void;
  onDone: () => void;
}) {
  return (
    <ActionDialog
      title={`Drop letter ${seq}`}
      action="Drop"
      danger
      reason="required"
      onClose={onClose}
      onConfirm={async (answer) => {
        await post(paths.drop(seq), answer);
        toast(`Letter ${seq} is dropped`);
        onDone();
      }}
    >
      <p>The message is thrown away for good. The run it belonged to stays as it is.</p>
    </ActionDialog>
  );
}
