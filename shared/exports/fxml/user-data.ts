import { escapeFxml } from "./escape-fxml.ts";

/** The two characters that JSON writes as they are and XML cannot hold. */
const NONCHARACTER = /[\ufffe\uffff]/g;

/** The `userData` of an element: a JSON object as text, so that a controller can read tag and class back exactly. */
export function userData(fields: Readonly<Record<string, string | number | undefined>>): string {
  const json = JSON.stringify(fields);
  return escapeFxml(json.replace(NONCHARACTER, (character) => `\\u${character.charCodeAt(0).toString(16)}`));
}
