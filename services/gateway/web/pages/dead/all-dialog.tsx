import { paths } from "../../api/paths.ts";
import { post } from "../../api/request.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { count } from "../../format/number.ts";
import { toast } from "../../state/toasts.ts";

export interface AllDialogProps {
  verb: "redrive" | "drop";
  /** Empty: every letter. */
  filter: Record<string, string | undefined>;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before many letters are sent again or thrown away. */
export function AllDialog({ verb, filter, onClose, onDone }: AllDialogProps) {
  const parts = Object.entries(filter);
  const which = parts.length === 0 ? "Every dead letter" : "Every dead letter with";
  return (
    <ActionDialog
      title={verb === "redrive" ? "Redrive dead letters" : "Drop dead letters"}
      action={verb === "redrive" ? "Redrive" : "Drop"}
      reason={verb === "redrive" ? "optional" : "required"}
      {...(verb === "drop" ? { danger: true, typed: "drop" } : {})}
      onClose={onClose}
      onConfirm={async (answer) => {
        if (verb === "drop") {
          const { dropped } = await post<{ dropped: number }>(paths.dropAll, { ...answer, filter });
          toast(`${count(dropped)} letters dropped`);
        } else {
          const done = await post<{ redriven: unknown[]; refused: { message: string }[] }>(paths.redriveAll, {
            ...answer,
            filter,
          });
          const refused =
            done.refused.length > 0 ? `, ${done.refused.length} refused: ${done.refused[0]?.message}` : "";
          toast(`${count(done.redriven.length)} letters sent again${refused}`, refused ? "plain" : "good");
        }
        onDone();
      }}
    >
      <p>
        {which}{" "}
        {parts.map(([name, value], i) => (
          <span key={name}>
            {i > 0 && " and "}
            {name} <code>{value}</code>
          </span>
        ))}{" "}
        {verb === "redrive" ? "is sent again to where it came from." : "is thrown away for good."}
      </p>
    </ActionDialog>
  );
}
