import { toFailure } from "#shared/errors";

/** The same sentence again within this time is kept back: while NATS is away every reader has the same to say. */
const QUIET_MS = 30_000;

/** Wraps a reporter of problems so that it does not repeat itself. */
export function quietly(say: (sentence: string, code: string) => void): (error: unknown) => void {
  const said = new Map<string, number>();
  return (error) => {
    const { code, message } = toFailure(error);
    if (Date.now() - (said.get(message) ?? 0) < QUIET_MS) return;
    if (said.size > 100) said.clear();
    said.set(message, Date.now());
    say(message, code);
  };
}
