/** What readers confuse, and the dashes of many fonts. */
export const tidy = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[‐‑–—_~=]/g, "-")
    .replace(/[^A-Z0-9"/.\- ]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** Letters, then a number, perhaps a letter: P-101A, LIC-417, CV164. */
export const isTag = (text: string): boolean => /^[A-Z]{1,5}[- ]?\d{1,5}[A-Z]?$/.test(text);

/** A line number has three parts at least, of which two hold digits: 6"-P-1234-A1, PW-100-51. */
export function isLineTag(text: string): boolean {
  const parts = text.split(/-/).filter(Boolean);
  return parts.length >= 3 && parts.filter((part) => /\d/.test(part)).length >= 2 && /[A-Z]/.test(text);
}
