/** What readers confuse, and the dashes of many fonts. */
export const tidy = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[‐‑–—_~=]/g, "-")
    .replace(/[^A-Z0-9"/.\- ]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** Letters, then a number, perhaps a letter: P-101A, LIC-417, CV164. N1 to N99 are nozzles, not symbols. */
export const isTag = (text: string): boolean =>
  /^[A-Z]{1,5}[- ]?\d{1,5}[A-Z]?$/.test(text) && !/^N-?\d{1,2}[A-Z]?$/.test(text);

/** Longer texts are notes. */
const LONGEST = 24;

/** A line number has three parts at least, of which two hold digits: 6"-P-1234-A1, PW-100-51. */
export function isLineTag(text: string): boolean {
  const parts = text.split(/-/).filter(Boolean);
  return (
    text.length <= LONGEST &&
    parts.length >= 3 &&
    parts.filter((part) => /\d/.test(part)).length >= 2 &&
    /[A-Z]/.test(text)
  );
}
