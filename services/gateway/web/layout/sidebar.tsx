import { paths } from "../api/paths.ts";
import { Button } from "../components/button.tsx";
import { count } from "../format/number.ts";
import { attention } from "../state/attention.ts";
import { session, signOut } from "../state/session.ts";
import { Icon } from "./icons.tsx";
import { LinkState } from "./link-state.tsx";
import { Preferences } from "./preferences.tsx";
import { SECTIONS } from "./sections.ts";

/** Navigation, how the live connection is, who we are, and how things are shown. */
export function Sidebar({ section }: { section: string }) {
  const who = session.value;
  return (
    <>
      <a class="brand" href="/">
        <img src="/favicon.svg" alt="" width="26" height="26" />
        <span>Penstock</span>
        {who?.badge && <span class="badge">{who.badge}</span>}
      </a>
      <nav aria-label="pages">
        {SECTIONS.map((group, i) => (
          <ul key={i}>
            {group.map(({ name, label, href }) => {
              const wants = attention.value[name];
              return (
                <li key={name}>
                  <a href={href} aria-current={name === section ? "page" : undefined}>
                    <Icon name={name} />
                    <span>{label}</span>
                    {wants && (
                      <span class={`pill ${wants.tone}`} title={wants.title}>
                        {count(wants.count)}
                      </span>
                    )}
                  </a>
                </li>
              );
            })}
          </ul>
        ))}
      </nav>
      <footer class="side-foot">
        <LinkState />
        <Preferences />
        {who && (
          <p class="dim small who">
            <span>
              {who.name} · {who.role}
            </span>
            {who.readOnly && <span class="badge plain">read-only</span>}
            {who.authRequired && (
              <Button kind="quiet" small onClick={signOut}>
                Sign out
              </Button>
            )}
          </p>
        )}
        <p class="dim small">
          <a href={paths.docs}>API</a> · <kbd>?</kbd> keys{who && <> · {who.version}</>}
        </p>
      </footer>
    </>
  );
}
