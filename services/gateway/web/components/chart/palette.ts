/** Colours of the page's tokens as a canvas needs them: `light-dark()` resolved for the theme in use. */
export function resolveColours<T extends string>(tokens: readonly T[]): Record<T, string> {
  const probe = document.createElement("i");
  document.body.append(probe);
  const entries = tokens.map((token) => {
    probe.style.color = `var(--${token})`;
    return [token, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as Record<T, string>;
}
