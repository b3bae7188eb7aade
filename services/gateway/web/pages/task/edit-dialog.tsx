import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import { post } from "../../api/request.ts";
import type { TaskDetail, TaskInput } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { JsonField } from "../../components/json-field.tsx";
import { QueryView } from "../../components/query-view.tsx";

/** The task's input message to edit, and the task sent again with it. */
export function EditDialog({
  task,
  onClose,
  onDone,
}: {
  task: TaskDetail;
  onClose: () => void;
  onDone: () => void;
}) {
  const input = useQuery<TaskInput>(paths.taskInput(task.id), undefined, { everyMs: 0 });
  const [edited, setEdited] = useState<{ value: unknown } | null>();
  return (
    <ActionDialog
      title={`Edit the message and retry ${task.stage}`}
      action="Retry with this"
      reason="optional"
      wide
      ready={input.data !== undefined && edited !== null}
      onClose={onClose}
      onConfirm={async (answer) => {
        await post(paths.retryTask(task.id), { ...answer, body: edited?.value ?? input.data?.body });
        onDone();
      }}
    >
      <QueryView query={input} lines={6}>
        {({ type, body }) => <JsonField label={`Message ${type}`} value={body} onChange={setEdited} />}
      </QueryView>
    </ActionDialog>
  );
}
