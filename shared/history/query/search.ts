import { PermanentError } from "#shared/errors";

const FIELDS = ["args", "result", "error"] as const;
/** Optional minus, optional field, then a phrase in quotes or a word. */
const TERM = /(-)?(?:([A-Za-z]+):)?(?:"([^"]*)"|([^\s"]+))/y;

const bad = (sentence: string) => new PermanentError("BAD_SEARCH", sentence);

/**
 * Turns what a person types into an FTS5 query. Words match beginnings of words, phrases match exactly; everything is
 * quoted, so no character can be taken for an operator.
 * @throws PermanentError `BAD_SEARCH` naming the place (from 1) of the mistake
 */
export function parseSearch(q: string): string {
  const wanted: string[] = [];
  const unwanted: string[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(q[at] ?? "")) at++;
    if (at >= q.length) break;
    TERM.lastIndex = at;
    const match = TERM.exec(q);
    if (!match) throw bad(`a quotation mark at character ${at + 1} has no partner`);
    const [whole, minus, field, phrase, word] = match;
    const after = q[at + whole.length];
    if (after === '"') throw bad(`a quotation mark at character ${at + whole.length + 1} has no partner`);
    if (field && !FIELDS.includes(field.toLowerCase() as "args"))
      throw bad(
        `"${field}:" at character ${at + 1} is no field; known are ${FIELDS.join(", ")} (quote it to search the text)`,
      );
    const text = (phrase ?? word ?? "").trim();
    if (!/[\p{L}\p{N}]/u.test(text))
      throw bad(`"${text}" at character ${at + 1} holds neither letter nor digit`);
    const term = `${field ? `${field.toLowerCase()} : ` : ""}"${text}"${phrase === undefined ? " *" : ""}`;
    (minus ? unwanted : wanted).push(term);
    at += whole.length;
  }
  if (wanted.length === 0)
    throw bad(unwanted.length ? `"-word" needs a word to search besides it` : "the search is empty");
  const all = wanted.join(" AND ");
  return unwanted.length ? `(${all}) NOT (${unwanted.join(" OR ")})` : all;
}
