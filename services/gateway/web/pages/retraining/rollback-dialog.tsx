import { paths } from "../../api/paths.ts";
import { post } from "../../api/request.ts";
import type { ModelEntry } from "../../api/types.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { toast } from "../../state/toasts.ts";

/** Asks before the version that was live before becomes live again. */
export function RollbackDialog({
  model,
  onClose,
  onDone,
}: {
  model: ModelEntry;
  onClose: () => void;
  onDone: () => void;
}) {
  return (
    <ActionDialog
      title={`Roll ${model.name} back`}
      action="Roll back"
      danger
      reason="optional"
      onClose={onClose}
      onConfirm={async (answer) => {
        await post(paths.rollback(model.name), answer);
        toast(`${model.name} is back at ${model.previous}`);
        onDone();
      }}
    >
      <p>
        <b>{model.previous}</b> becomes live in place of <b>{model.live}</b>, within two seconds.
      </p>
    </ActionDialog>
  );
}
