import { styleText } from "node:util";

type Colour = "green" | "red" | "yellow" | "gray" | "blue" | "cyan" | "bold" | "dim";

/** Colours text for a terminal; plain everywhere else and with NO_COLOR set. */
export function paint(colour: Colour, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return stream.isTTY && stream.hasColors() ? styleText(colour, text, { validateStream: false }) : text;
}

const SIGNS: Record<string, [string, Colour]> = {
  completed: ["✔", "green"],
  SUCCESS: ["✔", "green"],
  split: ["✔", "green"],
  skipped: ["–", "gray"],
  error: ["✘", "red"],
  FAILURE: ["✘", "red"],
  DEAD_LETTERED: ["†", "red"],
  revoked: ["■", "blue"],
  REVOKED: ["■", "blue"],
  STARTED: ["▶", "yellow"],
  RETRY: ["↻", "yellow"],
  RECEIVED: ["·", "gray"],
  PENDING: ["·", "gray"],
};

/** A state with its sign and colour: never told by colour alone. */
export function paintState(state: string): string {
  const [sign, colour] = SIGNS[state] ?? (state.startsWith("awaiting") ? ["?", "cyan"] : ["▶", "yellow"]);
  return paint(colour as Colour, `${sign} ${state}`);
}
