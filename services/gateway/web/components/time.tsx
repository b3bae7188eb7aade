import { absolute, relative } from "../format/time.ts";
import { now } from "../state/clock.ts";
import { zone } from "../state/preferences.ts";

/** A time as people say it, the absolute one on hover and for screen readers. */
export function Time({ at, none = "–" }: { at: number | null | undefined; none?: string }) {
  if (at == null) return <>{none}</>;
  return (
    <time dateTime={new Date(at).toISOString()} title={absolute(at, zone.value)}>
      {relative(at, now.value, zone.value)}
    </time>
  );
}

/** A time to the second, the relative one on hover. */
export function AbsoluteTime({ at }: { at: number | null | undefined }) {
  if (at == null) return <>–</>;
  return (
    <time dateTime={new Date(at).toISOString()} title={relative(at, now.value, zone.value)}>
      {absolute(at, zone.value)}
    </time>
  );
}
