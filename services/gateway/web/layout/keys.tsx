import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../components/dialog.tsx";
import { navigate } from "../router/location.ts";

/** `g`, then one of these. */
const GO: Record<string, [string, string]> = {
  o: ["/", "overview"],
  d: ["/diagrams", "diagrams"],
  t: ["/tasks", "tasks"],
  w: ["/workers", "workers"],
  q: ["/queues", "queues"],
  l: ["/dead", "dead letters"],
  r: ["/retraining", "retraining"],
  s: ["/schedules", "schedules"],
};

const inText = (target: EventTarget | null) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;

/** Keys that work on every page, and the list of them. */
export function Keys() {
  const [help, setHelp] = useState(false);
  useEffect(() => {
    let went = 0;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || inText(event.target))
        return;
      if (document.querySelector("dialog[open]")) return;
      const to = GO[event.key];
      if (to && Date.now() - went < 1_500) {
        navigate(to[0]);
        went = 0;
      } else if (event.key === "g") {
        went = Date.now();
        return;
      } else if (event.key === "/") {
        const search = document.querySelector<HTMLInputElement>("input[type=search]");
        if (!search) return;
        search.focus();
        search.select();
      } else if (event.key === "?") setHelp(true);
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  if (!help) return null;
  return (
    <Dialog title="Keys" onClose={() => setHelp(false)}>
      <dl class="keys">
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>search</dd>
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>this list</dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>close a dialog</dd>
        {Object.entries(GO).map(([key, [, name]]) => [
          <dt key={key}>
            <kbd>g</kbd> <kbd>{key}</kbd>
          </dt>,
          <dd key={name}>{name}</dd>,
        ])}
      </dl>
      <p class="dim small">A diagram's page has keys of its own; it lists them there.</p>
    </Dialog>
  );
}
