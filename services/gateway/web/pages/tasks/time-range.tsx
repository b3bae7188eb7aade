import { fromInput, toInput } from "../../format/input-time.ts";
import { location, setQuery } from "../../router/location.ts";
import { zone } from "../../state/preferences.ts";

/** Two times of the address, `from` and `to`, in the zone that times are shown in. */
export function TimeRange() {
  const { query } = location.value;
  return (
    <>
      {(["from", "to"] as const).map((name) => (
        <label key={name} class="field">
          <span>
            {name} {zone.value === "utc" && "(UTC)"}
          </span>
          <input
            type="datetime-local"
            value={toInput(Number(query.get(name)) || null, zone.value)}
            onChange={(event) => {
              const at = fromInput(event.currentTarget.value, zone.value);
              setQuery({ [name]: at === null ? null : String(at), cursor: null, page: null });
            }}
          />
        </label>
      ))}
    </>
  );
}
