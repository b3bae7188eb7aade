import type { Overview } from "../../api/types.ts";
import { shortCount } from "../../format/number.ts";
import { taskLook } from "../../format/state.ts";
import { location, setQuery } from "../../router/location.ts";

const STATES = ["PENDING", "RECEIVED", "STARTED", "RETRY", "SUCCESS", "FAILURE", "REVOKED", "DEAD_LETTERED"];

/** A chip for every state, with how many tasks are in it; several may be chosen. */
export function StateChips({ byState }: { byState: Overview["tasks"]["byState"] | undefined }) {
  const chosen = (location.value.query.get("state") ?? "").split(",").filter(Boolean);
  const toggle = (state: string) => {
    const next = chosen.includes(state) ? chosen.filter((each) => each !== state) : [...chosen, state];
    setQuery({ state: next.join(","), cursor: null, page: null });
  };
  return (
    <fieldset class="chips" aria-label="states">
      <button
        type="button"
        class="chip"
        aria-pressed={chosen.length === 0}
        onClick={() => setQuery({ state: null, cursor: null, page: null })}
      >
        all
      </button>
      {STATES.map((state) => {
        const look = taskLook(state);
        const count = byState?.[state];
        return (
          <button
            key={state}
            type="button"
            class={`chip tone-${look.tone}`}
            aria-pressed={chosen.includes(state)}
            onClick={() => toggle(state)}
          >
            <i aria-hidden="true">{look.sign}</i> {look.label}
            {count !== undefined && <b>{shortCount(count)}</b>}
          </button>
        );
      })}
    </fieldset>
  );
}
