import type { StageSettingsRow } from "../../api/types.ts";
import { NumberField } from "../../components/number-field.tsx";
import { duration } from "../../format/duration.ts";
import type { Draft } from "./draft.ts";

interface LimitField {
  name: Exclude<keyof Draft, "options">;
  label: string;
  min: number;
  /** @default 1 */
  step?: "any";
  /** What holds while it is empty. */
  otherwise: (declared: StageSettingsRow["declared"]) => string;
}

const FIELDS: readonly LimitField[] = [
  {
    name: "ratePerMinute",
    label: "Starts per minute, all workers",
    min: 0.1,
    step: "any",
    otherwise: () => "no limit",
  },
  {
    name: "softLimitS",
    label: "Soft limit (s)",
    min: 0.001,
    step: "any",
    otherwise: ({ softLimitMs }) => duration(softLimitMs),
  },
  {
    name: "hardLimitS",
    label: "Hard limit (s)",
    min: 0.001,
    step: "any",
    otherwise: ({ hardLimitMs }) => duration(hardLimitMs),
  },
  { name: "slots", label: "Slots of each worker", min: 1, otherwise: ({ slots }) => String(slots) },
  { name: "autoscaleMin", label: "Autoscale, least", min: 0, otherwise: () => "off" },
  { name: "autoscaleMax", label: "Autoscale, most", min: 1, otherwise: () => "off" },
];

export interface LimitFieldsProps {
  draft: Draft;
  declared: StageSettingsRow["declared"];
  onChange: (change: Partial<Draft>) => void;
}

/** The limits of a stage as numbers; an empty one shows what holds then. */
export function LimitFields({ draft, declared, onChange }: LimitFieldsProps) {
  return (
    <div class="fields">
      {FIELDS.map(({ name, label, min, step, otherwise }) => (
        <NumberField
          key={name}
          label={label}
          value={draft[name]}
          min={min}
          step={step}
          placeholder={otherwise(declared)}
          onChange={(value) => onChange({ [name]: value })}
        />
      ))}
    </div>
  );
}
