import { escapeFxml } from "./escape-fxml.ts";

/** The `userData` of an element: a JSON object as text, so that a controller can read tag and class back exactly. */
export function userData(fields: Readonly<Record<string, string | number | undefined>>): string {
  return escapeFxml(JSON.stringify(fields));
}
