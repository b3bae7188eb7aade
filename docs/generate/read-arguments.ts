/**
 * The arguments of a call as written, from the text after its opening bracket. Knows strings, templates and brackets,
 * which is enough for code our formatter has been over; it is no parser.
 */
export function readArguments(text: string, from: number): string[] {
  const parts: string[] = [];
  let start = from;
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '"' || char === "'" || char === "`") at = endOfString(text, at);
    else if (char === "(" || char === "[" || char === "{") depth++;
    else if ((char === ")" || char === "]" || char === "}") && depth-- === 0) {
      parts.push(text.slice(start, at).trim());
      return parts.filter((part) => part !== "");
    } else if (char === "," && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  throw new Error(`a call that begins at ${from} does not end`);
}

/** Index of the quote that ends a string or template. */
function endOfString(text: string, from: number): number {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote) return at;
    else if (quote === "`" && text.startsWith("${", at)) at = endOfPlaceholder(text, at + 2);
  }
  throw new Error(`a string that begins at ${from} does not end`);
}

/** Index of the bracket that ends a template's placeholder. */
function endOfPlaceholder(text: string, from: number): number {
  for (let at = from, depth = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"' || char === "'" || char === "`") at = endOfString(text, at);
    else if (char === "{") depth++;
    else if (char === "}" && depth-- === 0) return at;
  }
  throw new Error(`a placeholder that begins at ${from} does not end`);
}

/**
 * A sentence as people will see it, with `‹names›` for what is filled in; `…` stands for what only the code knows.
 * @param expression a string, a template, or anything else
 */
export function sentenceOf(expression = ""): string {
  const quote = expression[0];
  if (
    (quote !== '"' && quote !== "'" && quote !== "`") ||
    endOfString(expression, 0) !== expression.length - 1
  )
    return "…";
  let sentence = "";
  for (let at = 1; at < expression.length - 1; at++) {
    if (expression[at] === "\\") {
      const escaped = expression[++at];
      sentence += escaped === "n" ? " " : escaped;
    } else if (quote === "`" && expression.startsWith("${", at)) {
      const end = endOfPlaceholder(expression, at + 2);
      sentence += `‹${nameOf(expression.slice(at + 2, end))}›`;
      at = end;
    } else sentence += expression[at];
  }
  return sentence.replace(/\s+/g, " ").trim();
}

/** `png.widthPx` → `widthPx`, `uid.slice(0, 80)` → `uid`, `bytes.byteLength` → `byteLength`, else `…`. */
function nameOf(expression: string): string {
  const plain = expression.trim().replace(/\((\w+) as \w+\)/g, "$1");
  const match =
    /^(?:[\w$]+[?!]?\.)*([\w$]+)(?:[?!]?\.(?:slice|toString|toFixed|join|toLocaleString)\(.*\))?$/s.exec(
      plain,
    );
  return match?.[1] ?? "…";
}
