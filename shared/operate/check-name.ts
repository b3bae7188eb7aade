import { Refusal } from "./refusal.ts";

/** Longest name of a diagram, in characters. */
export const NAME_MAX = 300;

/**
 * A drawing's name as people will read it: the last part of whatever path came along. Names are shown, never used to
 * build a path or a key.
 * @throws Refusal `NAME_TOO_LONG`, `BAD_NAME`
 */
export function checkName(raw: string): string {
  const name = (raw.split(/[\\/]/).pop() ?? "").normalize("NFC").trim();
  if (name.length > NAME_MAX)
    throw new Refusal(
      "invalid",
      "NAME_TOO_LONG",
      `the name has ${name.length} characters, the limit is ${NAME_MAX}`,
    );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\u0000-\u001f\u007f]/.test(name))
    throw new Refusal(
      "invalid",
      "BAD_NAME",
      "the name holds a control character (a NUL byte, a line break or a tab)",
    );
  if (name === "" || name === "." || name === "..")
    throw new Refusal(
      "invalid",
      "BAD_NAME",
      `"${raw.slice(0, 40)}" leaves no name once its folders are taken away`,
    );
  return name;
}
