import { type Place, writeCursor } from "./cursor.ts";

/** Most characters of JSON in one page; NATS takes 1 MB, and a character may be up to 3 bytes where texts are not ASCII. */
const PAGE_BYTES = 700_000;

/**
 * Cuts a page to `limit` items and to what one NATS message holds, and makes the cursor that continues after it.
 * @param items one more than `limit` when there are more
 */
export function pageOf<T>(
  items: readonly T[],
  limit: number,
  place: (item: T) => Place,
): { items: T[]; cursor: string | null } {
  const kept: T[] = [];
  let bytes = 0;
  for (const item of items) {
    bytes += Buffer.byteLength(JSON.stringify(item));
    if (kept.length === limit || (bytes > PAGE_BYTES && kept.length > 0)) break;
    kept.push(item);
  }
  const last = kept.at(-1);
  return {
    items: kept,
    cursor: last !== undefined && kept.length < items.length ? writeCursor(place(last)) : null,
  };
}
