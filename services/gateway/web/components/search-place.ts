/** What was searched for, cut where a mistake is: before, the character, after. */
export interface SearchMistake {
  before: string;
  at: string;
  after: string;
}

/**
 * Finds the place of a mistake in a search: the gateway's sentence names it as `at character 7`, counted from 1.
 * @returns null when the sentence names none
 */
export function placeOfMistake(search: string, sentence: string): SearchMistake | null {
  const place = Number(/at character (\d+)/.exec(sentence)?.[1]) - 1;
  if (!Number.isInteger(place) || place < 0 || place >= search.length) return null;
  return { before: search.slice(0, place), at: search[place] ?? "", after: search.slice(place + 1) };
}
