import type { Bus } from "#shared/bus";
import { catchUpSchedules } from "#shared/operate";

/** How often schedules are compared with what the server fired. */
const EVERY_MS = 60_000;

/**
 * Makes up for what the server's scheduler missed while the server was down: a nightly run that was due then starts late
 * instead of never. Several trackers may look: each missed time is made up for once.
 */
export function keepSchedules(
  bus: Bus,
  on: { fired: (schedule: string) => void; problem: (error: unknown) => void },
): { close(): void } {
  const look = () =>
    catchUpSchedules(bus).then((names) => {
      for (const name of names) on.fired(name);
    }, on.problem);
  void look();
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  return { close: () => clearInterval(timer) };
}
