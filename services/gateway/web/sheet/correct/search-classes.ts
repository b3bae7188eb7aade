/**
 * Classes whose name or title has every word that was typed; likely ones first, then those that begin with it, then by
 * title.
 */
export function searchClasses(
  names: readonly string[],
  titles: ReadonlyMap<string, string>,
  text: string,
  likely: readonly string[] = [],
): string[] {
  const words = text
    .toLowerCase()
    .split(/[\s_]+/)
    .filter(Boolean);
  const title = (name: string) => (titles.get(name) ?? name.replaceAll("_", " ")).toLowerCase();
  const rank = (name: string) => {
    const place = likely.indexOf(name);
    if (place >= 0) return place - likely.length;
    return words[0] !== undefined && title(name).startsWith(words[0]) ? 0 : 1;
  };
  return names
    .filter((name) => words.every((word) => title(name).includes(word) || name.toLowerCase().includes(word)))
    .sort((a, b) => rank(a) - rank(b) || title(a).localeCompare(title(b)));
}
