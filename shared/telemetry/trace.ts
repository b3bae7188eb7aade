/** Random hex digits; trace ids must be unlikely to meet, not hard to guess, so no entropy is asked of the system. */
function hex(digits: number): string {
  let text = "";
  while (text.length < digits)
    text += Math.floor(Math.random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, "0");
  return text.slice(0, digits);
}

/** A W3C traceparent for a run that begins here. */
export function newTraceparent(): string {
  return `00-${hex(32)}-${hex(16)}-01`;
}

/** The same trace, a new span: what a stage hands on. */
export function childTraceparent(parent: string | undefined): string {
  const match = parent?.match(/^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/);
  if (!match) return newTraceparent();
  return `00-${match[1]}-${hex(16)}-${match[2]}`;
}
