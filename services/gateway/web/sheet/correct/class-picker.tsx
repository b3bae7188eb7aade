import { useEffect, useId, useRef, useState } from "preact/hooks";
import { symbolClasses, symbolSvg } from "#shared/symbols";
import { searchClasses } from "./search-classes.ts";

export interface ClassPickerProps {
  /** What it is now; empty when several are selected that differ. */
  value: string;
  /** Classes of the file, beside ours. */
  others: readonly string[];
  /** Likely ones, the likeliest first. */
  suggestions?: readonly { class: string; score: number }[];
  onPick: (name: string) => void;
}

/** How many are shown at once. */
const SHOWN_MAX = 60;

/** Picks a symbol's class: search, pictures, what is likely first. */
export function ClassPicker({ value, others, suggestions = [], onPick }: ClassPickerProps) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const titles = new Map(symbolClasses.map((each) => [each.name, each.title]));
  const names = [...new Set([...symbolClasses.map((each) => each.name), ...others])];
  const found = searchClasses(
    names,
    titles,
    text,
    suggestions.map((each) => each.class),
  ).slice(0, SHOWN_MAX);
  useEffect(() => setAt(0), [text]);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: "nearest" }), [at]);
  const pick = (name: string | undefined) => {
    if (name === undefined) return;
    onPick(name);
    setText("");
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter") pick(found[at]);
    else if (event.key === "Escape") (event.currentTarget as HTMLElement).blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="class-picker">
      <input
        type="text"
        class="class-search"
        role="combobox"
        aria-label="class"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found[at] === undefined ? undefined : `${id}-${at}`}
        placeholder={value.replaceAll("_", " ") || "several classes"}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={press}
      />
      <div class="class-list" ref={list} id={`${id}-list`} role="listbox" aria-label="classes">
        {found.map((name, i) => {
          const likely = suggestions.find((each) => each.class === name);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the box above
            <div
              key={name}
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={name === value}
              class={i === at ? "at" : ""}
              onClick={() => pick(name)}
            >
              <ClassPicture name={name} />
              <span>{titles.get(name) ?? name}</span>
              {likely && <small class="dim">{Math.round(likely.score * 100)} %</small>}
            </div>
          );
        })}
      </div>
      {found.length === 0 && <p class="dim small">no such class</p>}
    </div>
  );
}

/** A class as the legend draws it. */
export function ClassPicture({ name }: { name: string }) {
  const svg = symbolSvg(name);
  if (!svg) return <span class="class-picture" />;
  return (
    <svg
      class="class-picture"
      viewBox={svg.viewBox}
      aria-hidden="true"
      // Our own catalogue, no text of a user.
      dangerouslySetInnerHTML={{ __html: svg.body }}
    />
  );
}
