/**
 * A single-line font in the manner of plotters and CAD programs, drawn for this project: one pen stroke per run of digit
 * pairs (x 0..4, y 0..8 upwards; capitals are 6 high on the base line 2), runs separated by spaces.
 */
const glyphs: Readonly<Record<string, string>> = {
  A: "022842 1434",
  B: "02083847463505 3544433202",
  C: "4738180703123243",
  D: "02082847432202",
  E: "48080242 0535",
  F: "480802 0535",
  G: "4738180703123243 4525",
  H: "0208 4248 0545",
  I: "1232 1838 2228",
  J: "484332120304",
  K: "0208 4804 1542",
  L: "080242",
  M: "0208254842",
  N: "02084248",
  O: "183847433212030718",
  P: "020838474635 0535",
  Q: "183847433212030718 2442",
  R: "020838474635 0535 2542",
  S: "473818070615354443321203",
  T: "2228 0848",
  U: "080312324348",
  V: "082248",
  W: "0812253248",
  X: "0248 0842",
  Y: "082548 2522",
  Z: "08480242",
  "0": "183847433212030718 1337",
  "1": "162822 1232",
  "2": "07183847460242",
  "3": "0848253544433212 0312",
  "4": "32380444",
  "5": "480805354443321203",
  "6": "3818070312324344351504",
  "7": "084812",
  "8": "15354647381807061504031232434435",
  "9": "1232434738180706153546",
  "-": "0535",
  ".": "1213",
  ",": "2311",
  "/": "0148",
  "(": "38161422",
  ")": "18363422",
  ":": "1314 1617",
  '"': "1816 2826",
  "'": "1816",
  "%": "0248 0708 4243",
  "+": "0545 2327",
  "=": "0444 0646",
  _: "0141",
  "#": "1218 3238 0646 0444",
  "&": "4217283704122244",
};

const cells = new Map<string, number[][]>();

/** Strokes of a character as x, y pairs with capitals 1 high and y down; small letters are small capitals. */
function strokesOf(char: string): number[][] {
  const known = cells.get(char);
  if (known) return known;
  const small = char !== char.toUpperCase();
  const k = small ? 0.72 : 1;
  const runs = (glyphs[char.toUpperCase()] ?? (char.trim() ? "02424808 0208" : ""))
    .split(" ")
    .filter(Boolean)
    .map((run) => Array.from(run, (digit, i) => (k * (i % 2 ? 2 - Number(digit) : Number(digit))) / 6));
  cells.set(char, runs);
  return runs;
}

/** Width of a character with its space to the next, capitals being 1 high. */
export const strokeAdvance = (char: string): number =>
  char === "." || char === "," || char === "'"
    ? 0.5
    : char !== char.toUpperCase()
      ? 0.68
      : char === " "
        ? 0.6
        : 0.95;

/** Calls back with every pen stroke of a line of text: x, y pairs from the left end of the base line, capitals 1 high. */
export function traceStrokes(text: string, stroke: (xy: number[]) => void): void {
  let pen = 0;
  for (const char of text) {
    for (const run of strokesOf(char)) stroke(run.map((v, i) => (i % 2 ? v : v + pen)));
    pen += strokeAdvance(char);
  }
}
