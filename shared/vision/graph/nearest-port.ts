import type { Box, Point } from "../geometry/types.ts";
import type { SymbolPort } from "./types.ts";

/**
 * Name of the port a line attaches to: the nearest named one, or else the side of the box as a compass letter (N is up).
 */
export function nearestPort(at: Point, box: Box, ports: readonly SymbolPort[] | undefined): string {
  if (ports?.length) {
    let best = ports[0]!;
    const distance = (port: SymbolPort) => Math.hypot(port.at[0] - at[0], port.at[1] - at[1]);
    for (const port of ports) if (distance(port) < distance(best)) best = port;
    return best.name;
  }
  const sides: [string, number][] = [
    ["W", at[0] - box[0]],
    ["E", box[0] + box[2] - at[0]],
    ["N", at[1] - box[1]],
    ["S", box[1] + box[3] - at[1]],
  ];
  // Outside the box the most negative distance is the side it lies on; inside, the smallest is the nearest side.
  return sides.reduce((a, b) => (b[1] < a[1] ? b : a))[0];
}
