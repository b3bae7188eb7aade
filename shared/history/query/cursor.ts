import { PermanentError } from "#shared/errors";

/** A place in a sorted list: the sort key and the row's number, opaque to callers. */
export type Place = [key: number | string, n: number];

export const writeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString("base64url");

/** @throws PermanentError `BAD_CURSOR` */
export function readCursor(cursor: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(place) && place.length === 2 && isKey(place[0]) && Number.isFinite(place[1]))
      return place as Place;
  } catch {
    // Falls through to the one sentence below.
  }
  throw new PermanentError("BAD_CURSOR", `cursor "${cursor.slice(0, 40)}" was not made by this list`);
}

const isKey = (key: unknown) => typeof key === "string" || Number.isFinite(key);
