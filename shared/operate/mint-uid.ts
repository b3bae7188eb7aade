import { randomBytes } from "node:crypto";

/** Crockford's base32, lower case: sorts as it counts, and holds no i, l, o or u to misread. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_CHARS = 9;
const RANDOM_CHARS = 7;

/**
 * A new uid: nine characters of time in ms (sorts by age until the year 3084), a hyphen, 35 random bits.
 * A collision would still be refused, because the first message of a run is published expecting none before it.
 */
export function mintUid(now = Date.now(), random: Uint8Array = randomBytes(RANDOM_CHARS)): string {
  let time = "";
  for (let rest = now, i = 0; i < TIME_CHARS; i++, rest = Math.floor(rest / 32))
    time = ALPHABET[rest % 32] + time;
  let tail = "";
  for (const byte of random.subarray(0, RANDOM_CHARS)) tail += ALPHABET[byte & 31];
  return `${time}-${tail}`;
}
