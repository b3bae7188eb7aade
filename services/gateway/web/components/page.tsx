import type { ComponentChildren } from "preact";

export interface PageProps {
  title: ComponentChildren;
  /** One line under the title. */
  about?: ComponentChildren;
  /** Right of the title. */
  actions?: ComponentChildren;
  /** Takes the whole width and height that is there. */
  wide?: boolean;
  children: ComponentChildren;
}

/** A page: its heading, what can be done with all of it, and its content. */
export function Page({ title, about, actions, wide, children }: PageProps) {
  return (
    <div class={wide ? "page wide" : "page"}>
      <header class="page-head">
        <div>
          <h1>{title}</h1>
          {about && <p class="dim">{about}</p>}
        </div>
        {actions && <div class="actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export interface CardProps {
  title?: ComponentChildren;
  actions?: ComponentChildren;
  class?: string;
  children: ComponentChildren;
}

/** A part of a page with a heading. */
export function Card({ title, actions, class: name, children }: CardProps) {
  return (
    <section class={`card${name ? ` ${name}` : ""}`}>
      {(title || actions) && (
        <header class="card-head">
          {title && <h2>{title}</h2>}
          {actions && <div class="actions">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
