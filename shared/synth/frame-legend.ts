import { symbolClasses } from "#shared/symbols";
import type { Corners, FramePen } from "./frame-pen.ts";
import { inkBox } from "./placed.ts";

const shown = symbolClasses.filter(
  (c) => c.role !== "mark" && c.superclass !== "vessel" && c.superclass !== "exchanger",
);

/** A legend: symbols of this drafting and lines of every style, each with what it means beside it. */
export function drawLegend(pen: FramePen, [x0, y0, x1, y1]: Corners, height: number): void {
  const { random, drafting } = pen;
  pen.box([x0, y0, x1, y1], Math.max(1, drafting.frameWidth - 1));
  pen.say("LEGEND", height * 1.1, (x0 + x1) / 2, y0 + height * 1.4, x1 - x0);
  const row = Math.max(height * 2.4, drafting.module * 1.5);
  const column = Math.max(drafting.module * 2.6, (x1 - x0) * 0.3);
  const lines = random.int(0, 5);
  let k = 0;
  for (let y = y0 + height * 3 + row / 2; y < y1 - row / 2; y += row, k++) {
    const middle = x0 + column / 2;
    if (k < lines) {
      pen.line(
        x0 + height,
        y,
        x0 + column - height,
        y,
        random.pick([drafting.processWidth, drafting.thinWidth]),
        random.chance(0.5),
      );
      pen.write(
        random.pick(["PROCESS LINE", "SIGNAL", "Flow", "Return", "TRACED", "EXISTING"]),
        height,
        x0 + column + height,
        y + height / 2,
        x1 - x0 - column - height * 2,
      );
      continue;
    }
    const known = random.pick(shown);
    const symbol = {
      name: known.name,
      shape: known.variants[drafting.variants.get(known.name) ?? 0] ?? known.variants[0]!,
      scale: drafting.module,
      turns: 0,
      mirrored: false,
      strokeWidth: drafting.symbolWidth,
    };
    const [a, b, c, d] = inkBox(symbol, [0, 0]);
    if (c - a > column - 4 || d - b > row - 2) continue;
    pen.legend.push({ symbol, at: [middle - (a + c) / 2, y - (b + d) / 2] });
    pen.write(
      random.chance(0.6) ? known.title.toUpperCase() : known.title,
      height,
      x0 + column + height,
      y + height / 2,
      x1 - x0 - column - height * 2,
    );
  }
}
