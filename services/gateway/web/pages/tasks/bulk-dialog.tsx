import { useEffect, useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import { asProblem, type Problem } from "../../api/problem.ts";
import { post } from "../../api/request.ts";
import type { BulkResult } from "../../api/types.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { ProblemNote } from "../../components/problem-note.tsx";
import { Loading } from "../../components/states.tsx";
import { count } from "../../format/number.ts";
import { words } from "../../format/state.ts";
import { toast } from "../../state/toasts.ts";
import type { TaskFilter } from "./filter.ts";

export interface BulkDialogProps {
  action: "retry" | "revoke";
  what: { ids: string[] } | { filter: TaskFilter };
  onClose: () => void;
  onDone: () => void;
}

const REFUSED_SHOWN = 5;

/** Shows what a bulk action would do, asks why, and does it. */
export function BulkDialog({ action, what, onClose, onDone }: BulkDialogProps) {
  const [preview, setPreview] = useState<BulkResult>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    post<BulkResult>(paths.bulkTasks, { action, ...what, dryRun: true, reason: "preview" }).then(
      setPreview,
      (error) => setProblem(asProblem(error)),
    );
  }, []);
  const verb = action === "retry" ? "Retry" : "Revoke";
  return (
    <ActionDialog
      title={`${verb} ${"ids" in what ? "the chosen tasks" : "every task that matches"}`}
      action={preview ? `${verb} ${count(preview.matched)}` : verb}
      danger={action === "revoke"}
      reason="required"
      ready={(preview?.matched ?? 0) > 0}
      onClose={onClose}
      onConfirm={async ({ reason }) => {
        const answer = await post<BulkResult>(paths.bulkTasks, { action, ...what, reason });
        const refused = answer.refused.length > 0 ? `, ${count(answer.refused.length)} refused` : "";
        toast(
          `${count(answer.done)} of ${count(answer.matched)} ${action === "retry" ? "sent again" : "revoked"}${refused}`,
          answer.done > 0 ? "good" : "plain",
        );
        onDone();
      }}
    >
      {problem && <ProblemNote problem={problem} />}
      {!preview && !problem && <Loading lines={3} />}
      {preview && (
        <div class="stack">
          <p>
            <b>{count(preview.matched)}</b> {preview.matched === 1 ? "task matches" : "tasks match"}.
          </p>
          {preview.sample.length > 0 && (
            <ul class="sample small">
              {preview.sample.slice(0, 8).map((each) => (
                <li key={each.id}>
                  <code>{each.id}</code> {each.state && <span class="dim">{words(each.state)}</span>}
                </li>
              ))}
              {preview.matched > 8 && (
                <li class="dim">and {count(preview.matched - Math.min(8, preview.sample.length))} more</li>
              )}
            </ul>
          )}
          {preview.refused.length > 0 && (
            <p>
              Of the first ones, {count(preview.refused.length)} cannot be{" "}
              {action === "retry" ? "sent again" : "revoked"}:
            </p>
          )}
          {preview.refused.slice(0, REFUSED_SHOWN).map((each) => (
            <p key={each.id} class="dim small">
              <code>{each.id}</code>: {each.message}
            </p>
          ))}
        </div>
      )}
    </ActionDialog>
  );
}
