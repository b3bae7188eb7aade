import { JetStreamApiError } from "@nats-io/jetstream";
import { errors } from "@nats-io/nats-core";
import type { Bus } from "./connect.ts";

/** Between two tries, ms; a server that has just come up needs a moment for its streams. */
const PAUSE_MS = 250;

/**
 * Does something that asks the server until it is answered: a server that goes away in the middle of a start is waited for, as
 * it is before and after. Whatever else goes wrong is thrown, and so is everything once the connection is closed.
 * @param onWait hears of each try that nobody answered
 */
export async function untilAnswered<T>(
  bus: Bus,
  action: () => Promise<T>,
  onWait: (why: string) => void = () => {},
): Promise<T> {
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!isUnanswered(error) || bus.nc.isClosed()) throw error;
      onWait((error as Error).message);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** True of what the client throws when nobody answered: nobody is there, or JetStream is not up yet (a class it does not export). */
function isUnanswered(error: unknown): boolean {
  return (
    error instanceof errors.TimeoutError ||
    error instanceof errors.RequestError ||
    error instanceof errors.NoRespondersError ||
    (error as Error).name === "JetStreamNotEnabled" ||
    (error instanceof JetStreamApiError && error.status === 503)
  );
}
