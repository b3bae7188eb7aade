import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import { patch } from "../../api/request.ts";
import type { StageSettingsRow } from "../../api/types.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { toast } from "../../state/toasts.ts";
import { changeOf, type Draft, draftOf, faultOf } from "./draft.ts";
import { LimitFields } from "./limit-fields.tsx";
import { OptionField } from "./option-field.tsx";

export interface SettingsDialogProps {
  row: StageSettingsRow;
  onClose: () => void;
  onDone: () => void;
}

/** Limits and options of one stage to change; what is left empty goes back to what is declared. */
export function SettingsDialog({ row, onClose, onDone }: SettingsDialogProps) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(row));
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const change = changeOf(row, draft);
  const fault = faultOf(draft);
  return (
    <ActionDialog
      title={`Settings of ${row.stage}`}
      action="Save"
      reason="optional"
      wide
      ready={fault === null && Object.keys(change).length > 0}
      onClose={onClose}
      onConfirm={async (answer) => {
        await patch(paths.stageSettings(row.stage), { ...change, ...answer });
        toast(`${row.stage}: settings saved`);
        onDone();
      }}
    >
      <LimitFields draft={draft} declared={row.declared} onChange={set} />
      {row.options.length > 0 && (
        <fieldset class="stack">
          <legend>
            <h3>Options</h3>
          </legend>
          {row.options.map((option) => (
            <OptionField
              key={option.name}
              option={option}
              text={draft.options[option.name] ?? ""}
              onChange={(text) => set({ options: { ...draft.options, [option.name]: text } })}
            />
          ))}
        </fieldset>
      )}
      {fault && <p class="bad-text">{fault}</p>}
    </ActionDialog>
  );
}
