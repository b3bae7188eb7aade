/** Reads a class name aloud: `gate_valve` and `GateValve` become `gate valve`. */
export function classTitle(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_\-\s]+/g, " ")
    .trim()
    .toLowerCase();
}
