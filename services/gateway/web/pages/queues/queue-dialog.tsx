import { paths } from "../../api/paths.ts";
import { post } from "../../api/request.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { count } from "../../format/number.ts";
import { toast } from "../../state/toasts.ts";
import type { QueueGroup } from "./group.ts";

export type QueueVerb = "pause" | "resume" | "purge";

export interface QueueDialogProps {
  verb: QueueVerb;
  /** A queue, or one of its stages. */
  name: string;
  group: QueueGroup;
  onClose: () => void;
  onDone: () => void;
}

const TITLES = { pause: "Pause", resume: "Resume", purge: "Purge" } as const;

/** Asks before a queue or a stage is paused, resumed or purged. */
export function QueueDialog({ verb, name, group, onClose, onDone }: QueueDialogProps) {
  const stage = group.stages.find((each) => each.stage === name);
  const pending = name === group.name ? group.pending : (stage?.pending ?? 0);
  return (
    <ActionDialog
      title={`${TITLES[verb]} ${name}`}
      action={TITLES[verb]}
      reason={verb === "purge" ? "required" : "optional"}
      {...(verb === "purge" ? { danger: true, typed: name } : {})}
      onClose={onClose}
      onConfirm={async (answer) => {
        const body = verb === "purge" ? { ...answer, confirm: name } : answer;
        const done = await post<{ stages?: string[]; revoked?: string[] }>(paths.queue(name, verb), body);
        toast(
          verb === "purge"
            ? `${count(done.revoked?.length ?? 0)} runs revoked`
            : `${done.stages?.join(", ") ?? name}: ${verb === "pause" ? "paused" : "resumed"}`,
        );
        onDone();
      }}
    >
      {verb === "pause" && <p>No more work is handed out; what runs goes on to its end. New work waits.</p>}
      {verb === "resume" && <p>{count(pending)} waiting tasks are handed out again.</p>}
      {verb === "purge" && (
        <p>
          Every run that waits here is revoked: <b>{count(pending)}</b> now. They can be retried one by one,
          the queue cannot be put back.
        </p>
      )}
    </ActionDialog>
  );
}
