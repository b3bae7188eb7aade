import { useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "../../api/problem.ts";
import { bytes } from "../../format/number.ts";
import { declaration } from "../../state/declaration.ts";
import { type Submitted, upload } from "./upload.ts";

interface Sending {
  id: number;
  name: string;
  size: number;
  /** 0..1 */
  share: number;
  done?: Submitted;
  problem?: Problem;
}

const REVIEWS = [
  ["none", "no review"],
  ["auto", "review when unsure"],
  ["manual", "review every gate"],
] as const;

/** A place to drop drawings, with the one choice that matters: who looks at them in between. */
export function DropZone({ onDone }: { onDone: () => void }) {
  const [review, setReview] = useState("auto");
  const [over, setOver] = useState(false);
  const [list, setList] = useState<Sending[]>([]);
  const next = useRef(1);
  const chooser = useRef<HTMLInputElement>(null);
  const change = (id: number, what: Partial<Sending>) =>
    setList((old) => old.map((each) => (each.id === id ? { ...each, ...what } : each)));

  const take = async (files: FileList | null | undefined) => {
    const added = [...(files ?? [])].map((file) => ({
      id: next.current++,
      name: file.name,
      size: file.size,
      share: 0,
      file,
    }));
    setList((old) => [...old, ...added.map(({ file: _, ...sending }) => sending)]);
    for (const { id, file } of added) {
      try {
        const done = await upload(file, review, (share) => change(id, { share }));
        change(id, { done, share: 1 });
      } catch (error) {
        change(id, { problem: asProblem(error) });
      }
      onDone();
    }
    if (chooser.current) chooser.current.value = "";
  };
  const limit = declaration.value?.uploadMaxBytes;
  return (
    <section
      class={over ? "drop over" : "drop"}
      aria-label="hand in drawings"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <div class="row">
        <p class="grow">
          <b>Drop drawings here</b>{" "}
          <span class="dim">PNG, JPEG, TIFF, WebP, SVG or PDF{limit ? `, up to ${bytes(limit)}` : ""}</span>
        </p>
        <label>
          <span class="visually-hidden">review</span>
          <select value={review} onChange={(event) => setReview(event.currentTarget.value)}>
            {REVIEWS.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="button primary" onClick={() => chooser.current?.click()}>
          Choose files
        </button>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          aria-label="drawings"
          accept="image/*,.pdf,.tif,.tiff,.svg"
          onChange={(event) => take(event.currentTarget.files)}
        />
      </div>
      {list.length > 0 && (
        <ul class="sending" aria-live="polite">
          {list.map((each) => (
            <li key={each.id}>
              {each.done ? <a href={`/diagrams/${each.done.uid}`}>{each.name}</a> : <span>{each.name}</span>}
              {each.problem ? (
                <span class="bad-text">
                  ✕ {each.problem.message} <code>{each.problem.code}</code>
                </span>
              ) : each.done ? (
                <span class="dim">✓ taken</span>
              ) : (
                <progress value={each.share} aria-label={`upload of ${each.name}`}>
                  {Math.round(each.share * 100)} %
                </progress>
              )}
              <span class="dim small num">{bytes(each.size)}</span>
              {(each.done || each.problem) && (
                <button
                  type="button"
                  class="button quiet small"
                  aria-label={`dismiss ${each.name}`}
                  onClick={() => setList((old) => old.filter((other) => other.id !== each.id))}
                >
                  ✕
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
