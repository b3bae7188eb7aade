import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { asProblem, type Problem } from "../api/problem.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { ProblemNote } from "./problem-note.tsx";

export interface ActionDialogProps {
  title: string;
  /** The button's word: what will happen. */
  action: string;
  danger?: boolean;
  /** A word that must be typed before the button is on. */
  typed?: string;
  /** A reason is asked for: offered, or demanded. */
  reason?: "optional" | "required";
  /** More conditions than those. @default true */
  ready?: boolean;
  wide?: boolean;
  children?: ComponentChildren;
  onClose: () => void;
  /** Does it; the dialog closes when it has, and shows what it throws. */
  onConfirm: (answer: { reason?: string }) => Promise<unknown>;
}

/** Asks before something is done: what will happen, why, and a typed word where it cannot be undone. */
export function ActionDialog(props: ActionDialogProps) {
  const { title, action, danger, typed, reason, ready = true, children, onClose, onConfirm } = props;
  const [why, setWhy] = useState("");
  const [word, setWord] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const id = useId();
  const may = ready && (!typed || word === typed) && (reason !== "required" || why.trim() !== "");
  const confirm = async () => {
    setProblem(undefined);
    try {
      await onConfirm(why.trim() === "" ? {} : { reason: why.trim() });
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog title={title} onClose={onClose} {...(props.wide ? { wide: true } : {})}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (may) confirm();
        }}
      >
        {children}
        {reason && (
          <label class="field" for={`${id}-why`}>
            <span>
              Reason{" "}
              {reason === "optional" ? <small class="dim">(optional, goes to the audit trail)</small> : null}
            </span>
            <input
              id={`${id}-why`}
              value={why}
              maxLength={1000}
              required={reason === "required"}
              onInput={(event) => setWhy(event.currentTarget.value)}
            />
          </label>
        )}
        {typed && (
          <label class="field" for={`${id}-word`}>
            <span>
              Type <code>{typed}</code> to confirm
            </span>
            <input
              id={`${id}-word`}
              value={word}
              autocomplete="off"
              spellcheck={false}
              onInput={(event) => setWord(event.currentTarget.value)}
            />
          </label>
        )}
        {problem && <ProblemNote problem={problem} />}
        <footer class="dialog-foot">
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button kind={danger ? "danger" : "primary"} disabled={!may} onClick={may ? confirm : undefined}>
            {action}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
