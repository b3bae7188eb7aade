import type { Corners, FramePen } from "./frame-pen.ts";

const words =
  "PIPING AND INSTRUMENTATION DIAGRAM UNIT PROJECT DRAWING NO REV DATE CHECKED APPROVED SCALE SHEET ISSUED FOR CONSTRUCTION REVIEW CLIENT CONTRACTOR AREA FEED SECTION REACTION STORAGE UTILITY STEAM WATER COOLING RECOVERY".split(
    " ",
  );
const notes = [
  "ALL DIMENSIONS IN MM UNLESS NOTED",
  "VALVES SHALL BE LOCATED FOR ACCESS",
  "FOR LEGEND SEE DRAWING 100-001",
  "SLOPE LINE TOWARDS DRUM",
  "MINIMUM DISTANCE TO NOZZLE",
  "VENT TO SAFE LOCATION",
  "INSTRUMENT SUPPLIED BY VENDOR",
  "LOCKED OPEN DURING OPERATION",
  "TRACED AND INSULATED",
  "ELEVATIONS ARE TO CENTRE LINES UNLESS OTHERWISE NOTED",
  "CONNECTION FOR PORTABLE HOSE",
  "HOLD",
  "DELETED",
];

/** Numbers and letters between two borders. */
export function drawZones(pen: FramePen, [x0, y0, x1, y1]: Corners, inset: number): void {
  const { random, drafting } = pen;
  const [nx, ny] = [random.int(4, 12), random.int(3, 8)];
  const thin = Math.max(1, drafting.frameWidth - 1);
  for (let i = 0; i < nx; i++) {
    const x = x0 + ((x1 - x0) * i) / nx;
    for (const y of [y0, y1 - inset]) {
      if (i) pen.line(x, y, x, y + inset, thin);
      pen.say(String(i + 1), inset * 0.5, x + (x1 - x0) / nx / 2, y + inset / 2);
    }
  }
  for (let i = 0; i < ny; i++) {
    const y = y0 + ((y1 - y0) * i) / ny;
    for (const x of [x0, x1 - inset]) {
      if (i) pen.line(x, y, x + inset, y, thin);
      pen.say(String.fromCharCode(65 + i), inset * 0.5, x + inset / 2, y + (y1 - y0) / ny / 2);
    }
  }
}

/** Rulers outside the border, as plotting programs leave them. */
export function drawRulers(pen: FramePen, [x0, y0, x1, y1]: Corners): void {
  const step = (x1 - x0) / pen.random.int(60, 160);
  for (let i = 0; x0 + i * step < x1; i++) {
    const long = i % 10 ? 5 : 10;
    pen.line(x0 + i * step, y1, x0 + i * step, y1 + long, 1.5);
    if (i % 10 === 0) pen.say(String(i * 5), 9, x0 + i * step, y1 + 18);
  }
  for (let i = 0; y1 - i * step > y0; i++)
    pen.line(x0 - (i % 10 ? 5 : 10), y1 - i * step, x0, y1 - i * step, 1.5);
}

/** A ruled table filled with short entries. */
export function drawTable(pen: FramePen, [x0, y0, x1, y1]: Corners, height: number): void {
  const { random } = pen;
  pen.box([x0, y0, x1, y1]);
  const regular = random.chance(0.5) ? random.int(2, 6) : 0;
  for (let y = y0; y < y1 - 1; ) {
    const h = Math.min(y1 - y, height * (regular ? 2 : random.real(1.8, 4)));
    const parts = regular || random.int(1, 4);
    for (let i = 0; i < parts; i++) {
      const [a, b] = [x0 + ((x1 - x0) * i) / parts, x0 + ((x1 - x0) * (i + 1)) / parts];
      pen.box([a, y, b, y + h], 2);
      if (h < height * 1.6 || !random.chance(0.8)) continue;
      const code = () => `${random.pick(words).slice(0, 3)}-${random.int(10, 99999)}`;
      const text = random.pick([random.pick(words), code(), `${random.int(0, 999)}.${random.int(0, 9)}`]);
      pen.say(text, height, (a + b) / 2, y + h / 2, (b - a) * 0.9);
    }
    y += h;
  }
}

/** A column of numbered notes. */
export function writeNotes(pen: FramePen, [x0, y0, x1, y1]: Corners, height: number): void {
  const { random } = pen;
  pen.say("NOTES", height * 1.2, (x0 + x1) / 2, y0 + height, x1 - x0);
  const count = random.int(3, 22);
  for (let i = 0, y = y0 + height * 4; i < count && y < y1 - height; i++, y += height * random.real(1.7, 2.4))
    pen.write(`${i + 1}. ${random.pick(notes)}`, height, x0, y, x1 - x0);
}
