/** What of a documented example an answer lacks or has of another kind; each with its path. Null matches anything. */
export function shapeFaults(documented: unknown, answer: unknown, path = "answer"): string[] {
  if (documented === null || answer === null) return [];
  if (Array.isArray(documented)) {
    if (!Array.isArray(answer)) return [`${path} is no list`];
    if (documented.length === 0 || answer.length === 0) return [];
    return answer.flatMap((item, i) => shapeFaults(documented[0], item, `${path}[${i}]`));
  }
  if (typeof documented === "object") {
    if (typeof answer !== "object" || Array.isArray(answer)) return [`${path} is no object`];
    return Object.entries(documented).flatMap(([key, value]) =>
      Object.hasOwn(answer as object, key)
        ? shapeFaults(value, (answer as Record<string, unknown>)[key], `${path}.${key}`)
        : [`${path}.${key} is missing`],
    );
  }
  return typeof documented === typeof answer ? [] : [`${path} is ${typeof answer}, not ${typeof documented}`];
}
