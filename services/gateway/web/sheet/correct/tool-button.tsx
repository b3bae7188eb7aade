import { Icons } from "../view/icons.tsx";

export interface ToolButtonProps {
  icon: Parameters<typeof Icons>[0]["name"];
  label: string;
  /** The key that does the same. */
  shortcut?: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

/** A tool: a sign with its name and key on hover. */
export function ToolButton({ icon, label, shortcut, pressed, disabled, onClick }: ToolButtonProps) {
  return (
    <button
      type="button"
      class="button small"
      aria-label={label}
      title={shortcut ? `${label} (${shortcut})` : label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      <Icons name={icon} />
    </button>
  );
}
