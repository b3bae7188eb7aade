import { useId, useState } from "preact/hooks";

export interface JsonFieldProps {
  label: string;
  /** What is there at first. */
  value: unknown;
  /** The value typed, or null while it is no JSON. */
  onChange: (edited: { value: unknown } | null) => void;
}

/** JSON to edit; says at once when it is none. */
export function JsonField({ label, value, onChange }: JsonFieldProps) {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const [mistake, setMistake] = useState("");
  const id = useId();
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        rows={Math.min(22, Math.max(6, text.split("\n").length))}
        value={text}
        spellcheck={false}
        aria-invalid={mistake !== "" || undefined}
        aria-describedby={mistake ? id : undefined}
        onInput={(event) => {
          const next = event.currentTarget.value;
          setText(next);
          try {
            onChange({ value: JSON.parse(next) });
            setMistake("");
          } catch (error) {
            onChange(null);
            setMistake((error as Error).message);
          }
        }}
      />
      {mistake && (
        <small id={id} class="bad-text">
          {mistake}
        </small>
      )}
    </label>
  );
}
