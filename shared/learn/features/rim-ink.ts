import type { Box, Mask } from "#shared/vision";

/** Ink that crosses the border of a box: what leads into it. */
export interface RimInk {
  /** Share of the border that is ink. */
  share: number;
  /** Separate runs of ink on each side: north, east, south, west. */
  runs: [number, number, number, number];
}

/** Walks the border of a box, a few pixels outside it. Pixels beyond the sheet are ground. */
export function rimInk(ink: Mask, [x, y, w, h]: Box, marginPx: number): RimInk {
  const left = Math.round(x - marginPx);
  const top = Math.round(y - marginPx);
  const right = Math.round(x + w + marginPx);
  const bottom = Math.round(y + h + marginPx);
  const at = (px: number, py: number) =>
    px >= 0 && py >= 0 && px < ink.width && py < ink.height ? ink.data[py * ink.width + px]! : 0;
  let dark = 0;
  const side = (length: number, read: (k: number) => number) => {
    let runs = 0;
    let before = 0;
    for (let k = 0; k <= length; k++) {
      const now = read(k);
      if (now && !before) runs++;
      dark += now;
      before = now;
    }
    return runs;
  };
  const [across, down] = [Math.max(0, right - left), Math.max(0, bottom - top)];
  const runs: RimInk["runs"] = [
    side(across, (k) => at(left + k, top)),
    side(down, (k) => at(right, top + k)),
    side(across, (k) => at(left + k, bottom)),
    side(down, (k) => at(left, top + k)),
  ];
  return { share: dark / (2 * (across + down) + 4), runs };
}
