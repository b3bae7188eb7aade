import { useId } from "preact/hooks";
import type { StageOption } from "../../api/types.ts";
import { kindOf } from "./draft.ts";

export interface OptionFieldProps {
  option: StageOption;
  /** As typed; empty: as declared. */
  text: string;
  onChange: (text: string) => void;
}

/** One option of a stage, by its type. */
export function OptionField({ option, text, onChange }: OptionFieldProps) {
  const id = useId();
  const kind = kindOf(option.type);
  const choices = kind === "boolean" ? ["true", "false"] : kind === "choice" ? option.type.split(", ") : null;
  return (
    <label class="field option" for={id}>
      <span>
        {option.name} <small>{option.description}</small>
      </span>
      {choices ? (
        <select id={id} value={text} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="">{option.default || "not set"} (declared)</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          {...(kind === "number"
            ? { type: "number" as const, step: "any", min: option.minimum, max: option.maximum }
            : { type: "text" as const })}
          value={text}
          placeholder={option.default || option.range || "not set"}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </label>
  );
}
