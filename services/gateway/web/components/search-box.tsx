import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Problem } from "../api/problem.ts";
import { placeOfMistake } from "./search-place.ts";
import "./search-box.css";

export interface SearchBoxProps {
  value: string;
  label: string;
  placeholder?: string;
  /** What the gateway says of this search. */
  problem?: Problem | undefined;
  /** Called when typing has paused. */
  onSearch: (text: string) => void;
}

const PAUSE_MS = 250;

/** Text to search for; `/` comes here from anywhere, a mistake is shown where it is. */
export function SearchBox({ value, label, placeholder, problem, onSearch }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(value);
  const id = useId();
  useEffect(() => {
    // Changed by somebody else: a link, the back button.
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (next: string) => {
    clearTimeout(timer.current);
    sent.current = next;
    onSearch(next);
  };
  const mistake = problem && text === value ? placeOfMistake(value, problem.message) : null;
  return (
    <div class="search">
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        maxLength={500}
        spellcheck={false}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? id : undefined}
        onInput={(event) => {
          const next = event.currentTarget.value;
          setText(next);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => send(next), PAUSE_MS);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") send(text);
        }}
      />
      {problem && (
        <p id={id} class="search-problem" role="alert">
          {mistake && (
            <code aria-hidden="true">
              {mistake.before}
              <mark>{mistake.at}</mark>
              {mistake.after}
            </code>
          )}
          {problem.message}
        </p>
      )}
    </div>
  );
}
