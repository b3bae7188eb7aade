/** Values of a path's named parts. */
export type PathParams = Record<string, string>;

/**
 * Matches a path with a pattern such as `/tasks/:id`; parts are percent-decoded.
 * @returns null when it does not match
 */
export function matchPath(pattern: string, path: string): PathParams | null {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  if (wanted.length !== given.length) return null;
  const params: PathParams = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? "";
    if (part.startsWith(":")) {
      const decoded = decode(value);
      if (decoded === null) return null;
      params[part.slice(1)] = decoded;
    } else if (part !== value) return null;
  }
  return params;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
