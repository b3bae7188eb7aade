import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import { post } from "../../api/request.ts";
import type { ModelEntry, RetrainRun } from "../../api/types.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { toast } from "../../state/toasts.ts";
import { modelsIn } from "./grid.ts";

/** The models a run trains (ARCHITECTURE names them); detector and segmenter come from the external trainer. */
const TRAINED = ["classification", "regression", "clustering", "ranking", "recommendation"];

export interface StartDialogProps {
  models: readonly ModelEntry[];
  runs: readonly RetrainRun[];
  onClose: () => void;
  onDone: () => void;
}

/** Which models to train, and on what. */
export function StartDialog({ models, runs, onClose, onDone }: StartDialogProps) {
  const names = [...new Set([...TRAINED, ...modelsIn(runs)])];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(TRAINED));
  const [dataset, setDataset] = useState("");
  const toggle = (name: string) => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    setChosen(next);
  };
  return (
    <ActionDialog
      title="Start a run of training"
      action="Start"
      reason="optional"
      ready={chosen.size > 0}
      onClose={onClose}
      onConfirm={async (answer) => {
        const all = TRAINED.every((name) => chosen.has(name)) && chosen.size === TRAINED.length;
        const { run } = await post<{ run: string }>(paths.retrain, {
          ...answer,
          ...(all ? {} : { models: [...chosen] }),
          ...(dataset.trim() ? { dataset: dataset.trim() } : {}),
        });
        toast(`Run ${run} is started`);
        onDone();
      }}
    >
      <fieldset class="stack">
        <legend class="dim small">Models</legend>
        {names.map((name) => (
          <label key={name} class="row">
            <input type="checkbox" checked={chosen.has(name)} onChange={() => toggle(name)} />
            {name}
            <span class="dim small">{models.find((model) => model.name === name)?.job}</span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span>Dataset</span>
        <input
          value={dataset}
          placeholder="a new one of what people corrected"
          onInput={(event) => setDataset(event.currentTarget.value)}
        />
      </label>
    </ActionDialog>
  );
}
