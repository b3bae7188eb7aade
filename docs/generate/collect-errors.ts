import { readArguments, sentenceOf } from "./read-arguments.ts";

/** One place in the source that makes an error with a code. */
export interface ErrorSite {
  code: string;
  /** Failure kind, or what a refused request is answered with. */
  kind: string;
  sentence: string;
  file: string;
}

/** Status each reason of a Refusal has over HTTP; `services/gateway` makes it, a test compares. */
export const REFUSED: Record<string, number> = {
  invalid: 400,
  missing: 404,
  conflict: 409,
  "too-large": 413,
};

const CALL =
  /\b(?:new (Permanent|Retryable|Poison|Fatal|Penstock)Error|new (Refusal|HttpProblem)|(super))\(/g;
const DATA = /\bcode: "([A-Z][A-Z0-9_]+)",\s*(?:message|detail): /g;

/** Every error of one source file whose code is written out. */
export function collectErrors(file: string, text: string): ErrorSite[] {
  const sites: ErrorSite[] = [];
  const add = (kind: string, code: string | undefined, sentence: string | undefined) => {
    // A choice between codes names each.
    for (const [, name = ""] of (code ?? "").matchAll(/"([A-Z][A-Z0-9_]+)"/g))
      sites.push({ kind, code: name, sentence: sentenceOf(sentence), file });
  };
  for (const match of text.matchAll(CALL)) {
    const args = readArguments(text, match.index + match[0].length);
    const [, kind, other] = match;
    if (kind && kind !== "Penstock") add(kind.toLowerCase(), args[0], args[1]);
    else if (other === "Refusal") add(`refused, ${REFUSED[unquote(args[0])] ?? ""}`, args[1], args[2]);
    else if (other === "HttpProblem") add(`refused, ${args[0]}`, args[1], args[2]);
    // `super("permanent", "CODE", …)` and `new PenstockError("permanent", "CODE", …)`.
    else add(unquote(args[0]), args[1], args[2]);
  }
  for (const match of text.matchAll(DATA)) {
    const before = text.slice(Math.max(0, match.index - 120), match.index);
    const kind = /kind: "(\w+)"[^{}]*$/.exec(before)?.[1];
    const status = /status: (\d+)[^{}]*$/.exec(before)?.[1];
    const [sentence] = readArguments(text, match.index + match[0].length);
    add(kind ?? (status ? `refused, ${status}` : "retryable"), `"${match[1]}"`, sentence);
  }
  return sites;
}

const unquote = (text = ""): string => text.replace(/^["']|["']$/g, "");
