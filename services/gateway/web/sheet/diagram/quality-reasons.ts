/** Reasons to distrust a sheet, as `quality` of `sheet.json` tells them: sentences, or codes with one. */
export function qualityReasons(sheet: Record<string, unknown> | undefined): string[] {
  const quality = sheet?.quality as { reasons?: unknown } | undefined;
  if (!Array.isArray(quality?.reasons)) return [];
  return quality.reasons.map((reason) => {
    if (typeof reason === "string") return reason;
    const { message, code } = reason as { message?: unknown; code?: unknown };
    return String(message ?? code ?? JSON.stringify(reason));
  });
}
