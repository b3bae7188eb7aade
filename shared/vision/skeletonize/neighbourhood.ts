/**
 * The eight neighbours of a pixel as a byte: bit 0 is north, then clockwise north-east, east, … north-west in bit 7.
 * Even bits are the 4-neighbours.
 */
export function neighbourCode(data: Uint8Array, at: number, stride: number): number {
  const up = at - stride;
  const down = at + stride;
  return (
    (data[up]! & 1) |
    ((data[up + 1]! & 1) << 1) |
    ((data[at + 1]! & 1) << 2) |
    ((data[down + 1]! & 1) << 3) |
    ((data[down]! & 1) << 4) |
    ((data[down - 1]! & 1) << 5) |
    ((data[at - 1]! & 1) << 6) |
    ((data[up - 1]! & 1) << 7)
  );
}

/** Number of set bits of a neighbour code: how many neighbours are foreground. */
export const neighbourCount = Uint8Array.from({ length: 256 }, (_, code) => {
  let count = 0;
  for (let bit = 0; bit < 8; bit++) count += (code >> bit) & 1;
  return count;
});

/**
 * Number of 8-connected foreground pieces a pixel's removal would leave around it (Yokoi's connectivity number): 0 in the
 * interior and for a lone pixel, 1 for a simple pixel (removal changes no component and no hole), 2 or more on a line or
 * junction. Source: Yokoi, Toriwaki & Fukumura, "An analysis of topological properties of digitized binary pictures", 1975.
 */
export const connectivityNumber = Uint8Array.from({ length: 256 }, (_, code) => {
  const set = (bit: number) => (code >> (bit & 7)) & 1;
  let pieces = 0;
  for (let bit = 0; bit < 8; bit += 2) if (!set(bit) && (set(bit + 1) || set(bit + 2))) pieces++;
  return pieces;
});

/** 1 where a pixel may be thinned away: simple, and not the end of a line. */
export const deletable = Uint8Array.from({ length: 256 }, (_, code) =>
  connectivityNumber[code] === 1 && neighbourCount[code]! > 1 ? 1 : 0,
);
