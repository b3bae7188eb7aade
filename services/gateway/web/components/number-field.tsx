export interface NumberFieldProps {
  label: string;
  /** Null: left empty. */
  value: number | null;
  min?: number | undefined;
  max?: number | undefined;
  /** @default 1 */
  step?: number | "any";
  /** Shown while it is empty. */
  placeholder?: string;
  disabled?: boolean;
  onChange: (value: number | null) => void;
}

/** A number, or nothing. */
export function NumberField({
  label,
  value,
  min,
  max,
  step = 1,
  placeholder,
  disabled,
  onChange,
}: NumberFieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="number"
        inputMode="decimal"
        value={value ?? ""}
        min={min}
        max={max}
        step={step}
        placeholder={placeholder}
        disabled={disabled}
        onInput={(event) => {
          const { value: text, valueAsNumber } = event.currentTarget;
          onChange(text === "" || Number.isNaN(valueAsNumber) ? null : valueAsNumber);
        }}
      />
    </label>
  );
}
