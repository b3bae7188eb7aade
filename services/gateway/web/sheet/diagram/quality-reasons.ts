/** What stages have against a sheet or their reading of it, as messages and `sheet.json` hold it. */
export interface Doubts {
  quality?: unknown;
  /** Codes; each has its sentence in a `quality`. */
  warnings?: string[];
}

interface Reason {
  code?: string;
  message?: string;
}

const reasonsOf = (quality: unknown): Reason[] => {
  const { reasons } = (quality ?? {}) as { reasons?: unknown };
  if (!Array.isArray(reasons)) return [];
  return reasons.map((reason) => (typeof reason === "string" ? { message: reason } : (reason as Reason)));
};

/** Reasons to distrust a sheet, each once: its sentence, or its code in words where nobody gave a sentence. */
export function qualityReasons(...told: (Doubts | undefined)[]): string[] {
  const reasons = told.flatMap((doubts) => reasonsOf(doubts?.quality));
  const explained = new Set(reasons.map(({ code }) => code));
  const bare = told
    .flatMap((doubts) => doubts?.warnings ?? [])
    .filter((code) => !explained.has(code))
    .map((code) => code.toLowerCase().replaceAll("_", " "));
  return [...new Set([...reasons.map(({ message, code }) => message ?? code ?? ""), ...bare])].filter(
    Boolean,
  );
}
