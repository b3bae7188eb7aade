/**
 * Undoes a row's filter in place (PNG, third edition, 9.2).
 * @param above the row before, unfiltered; zeros for the first
 * @param step bytes from a pixel to the next, at least 1
 * @throws Error for a filter that PNG does not know
 */
export function unfilterRow(filter: number, row: Uint8Array, above: Uint8Array, step: number): void {
  if (filter === 0) return;
  if (filter > 4) throw new Error(`the PNG has filter ${filter}, which there is not`);
  for (let i = 0; i < row.length; i++) {
    const left = i >= step ? row[i - step]! : 0;
    const up = above[i]!;
    if (filter === 1) row[i] = row[i]! + left;
    else if (filter === 2) row[i] = row[i]! + up;
    else if (filter === 3) row[i] = row[i]! + ((left + up) >> 1);
    else {
      const corner = i >= step ? above[i - step]! : 0;
      const guess = left + up - corner;
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
      row[i] = row[i]! + (a <= b && a <= c ? left : b <= c ? up : corner);
    }
  }
}
