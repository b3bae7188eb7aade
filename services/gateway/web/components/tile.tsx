import type { ComponentChildren } from "preact";

export interface TileProps {
  label: string;
  value: ComponentChildren;
  href?: string;
  tone?: "success" | "failure" | "started" | "waiting";
  title?: string;
}

/** A number with its name. */
export function Tile({ label, value, href, tone, title }: TileProps) {
  const name = `tile${tone ? ` ${tone}` : ""}`;
  const content = (
    <>
      <b>{value}</b>
      <span>{label}</span>
    </>
  );
  return href ? (
    <a class={name} href={href} title={title}>
      {content}
    </a>
  ) : (
    <div class={name} title={title}>
      {content}
    </div>
  );
}
