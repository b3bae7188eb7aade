import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import { post } from "../../api/request.ts";
import type { TaskDetail } from "../../api/types.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { Button } from "../../components/button.tsx";
import { toast } from "../../state/toasts.ts";
import { EditDialog } from "./edit-dialog.tsx";

/** States in which a task may still be ended. */
const OPEN = new Set(["PENDING", "RECEIVED", "STARTED", "RETRY"]);

/** Retry, edit and retry, revoke. */
export function TaskActions({ task, onDone }: { task: TaskDetail; onDone: () => void }) {
  const [asked, setAsked] = useState<"retry" | "edit" | "revoke">();
  const close = () => setAsked(undefined);
  const open = OPEN.has(task.state);
  const sentAgain = () => {
    toast(`${task.stage} of ${task.run} is sent again`);
    onDone();
  };
  return (
    <>
      <Button needs="operator" disabled={open} onClick={() => setAsked("retry")}>
        Retry
      </Button>
      <Button needs="operator" disabled={open} onClick={() => setAsked("edit")}>
        Edit and retry
      </Button>
      <Button needs="operator" kind="danger" disabled={!open} onClick={() => setAsked("revoke")}>
        Revoke
      </Button>
      {asked === "retry" && (
        <ActionDialog
          title={`Retry ${task.stage}`}
          action="Retry"
          reason="optional"
          onClose={close}
          onConfirm={async (answer) => {
            await post(paths.retryTask(task.id), answer);
            sentAgain();
          }}
        >
          <p>
            The run <code>{task.run}</code> goes back to <b>{task.stage}</b> with the same message, and on
            from there.
          </p>
        </ActionDialog>
      )}
      {asked === "edit" && <EditDialog task={task} onClose={close} onDone={sentAgain} />}
      {asked === "revoke" && (
        <ActionDialog
          title={`Revoke ${task.stage}`}
          action="Revoke"
          danger
          reason="optional"
          onClose={close}
          onConfirm={async (answer) => {
            await post(paths.revokeTask(task.id), answer);
            toast(`${task.run} is revoked`);
            onDone();
          }}
        >
          <p>
            This ends the run <code>{task.run}</code>; what runs is stopped. It can be retried later.
          </p>
        </ActionDialog>
      )}
    </>
  );
}
