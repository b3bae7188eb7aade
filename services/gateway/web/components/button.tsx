import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { canAdmin, canOperate, whyNot } from "../state/session.ts";
import { toastProblem } from "../state/toasts.ts";

export interface ButtonProps {
  children: ComponentChildren;
  /** A promise keeps the button busy until it settles; what it throws becomes a toast. */
  onClick?: () => unknown;
  /** @default "plain" */
  kind?: "plain" | "primary" | "danger" | "quiet";
  /** Needs that role; without it the button is off and says why. */
  needs?: "operator" | "admin";
  disabled?: boolean;
  title?: string;
  type?: "button" | "submit";
  small?: boolean;
  /** For buttons that show a sign only. */
  label?: string;
  pressed?: boolean;
  class?: string;
}

/** A button that knows what its user may do, and shows that it is at work. */
export function Button(props: ButtonProps) {
  const { children, onClick, kind = "plain", needs, title, type = "button", small, label, pressed } = props;
  const [busy, setBusy] = useState(false);
  const may = needs === undefined || (needs === "admin" ? canAdmin.value : canOperate.value);
  const why = may ? title : (whyNot.value ?? "Only an admin may do this");
  const click = async () => {
    const work = onClick?.();
    if (!(work instanceof Promise)) return;
    setBusy(true);
    try {
      await work;
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <button
      type={type}
      class={`button ${kind}${small ? " small" : ""}${props.class ? ` ${props.class}` : ""}`}
      disabled={props.disabled || busy || !may}
      aria-busy={busy || undefined}
      aria-label={label}
      aria-pressed={pressed}
      title={why ?? label}
      onClick={onClick && click}
    >
      {children}
    </button>
  );
}
