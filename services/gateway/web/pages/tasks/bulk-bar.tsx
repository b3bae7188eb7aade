import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { count } from "../../format/number.ts";
import { canOperate } from "../../state/session.ts";
import { BulkDialog, type BulkDialogProps } from "./bulk-dialog.tsx";
import { isEmpty, type TaskFilter } from "./filter.ts";

export interface BulkBarProps {
  chosen: ReadonlySet<string>;
  filter: TaskFilter;
  total: number | null;
  /** Something was done. */
  onDone: () => void;
}

/** Acts on the chosen tasks, or, with a filter set, on all that match it. */
export function BulkBar({ chosen, filter, total, onDone }: BulkBarProps) {
  const [asked, setAsked] = useState<Pick<BulkDialogProps, "action" | "what">>();
  if (!canOperate.value) return null;
  const what = chosen.size > 0 ? { ids: [...chosen] } : { filter };
  const none = chosen.size === 0 && (isEmpty(filter) || total === 0);
  return (
    <div class="bulk">
      <span class="dim">
        {chosen.size > 0
          ? `${count(chosen.size)} chosen`
          : none
            ? "Choose tasks, or filter, to act on several"
            : `All ${total === null ? "" : `${count(total)} `}that match`}
      </span>
      <Button small disabled={none} onClick={() => setAsked({ action: "retry", what })}>
        Retry …
      </Button>
      <Button small kind="danger" disabled={none} onClick={() => setAsked({ action: "revoke", what })}>
        Revoke …
      </Button>
      {asked && <BulkDialog {...asked} onClose={() => setAsked(undefined)} onDone={onDone} />}
    </div>
  );
}
