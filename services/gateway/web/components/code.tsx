/** Text as it is, in a box that scrolls; JSON is set out in lines. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <pre class="code" tabIndex={0} role="group" aria-label={label}>
      {pretty(text)}
    </pre>
  );
}

/** JSON in lines; anything else as it is. */
export function pretty(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
