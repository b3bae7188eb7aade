import { checkImage, type Mask } from "../geometry/types.ts";

export interface Components {
  count: number;
  /** Component of every pixel: 1..count, 0 on background. */
  labels: Int32Array;
  /** Pixels of each component; index 0 is unused. */
  areas: Int32Array;
}

/** Labels connected components, numbered in raster order of their first pixel. */
export function labelComponents(mask: Mask, connectivity: 4 | 8 = 8): Components {
  checkImage(mask, "mask");
  const { width, height, data } = mask;
  const labels = new Int32Array(width * height);
  const areas: number[] = [0];
  const stack: number[] = [];
  for (let start = 0; start < data.length; start++) {
    if (!data[start] || labels[start]) continue;
    const label = areas.length;
    let area = 0;
    labels[start] = label;
    stack.push(start);
    while (stack.length) {
      const at = stack.pop()!;
      area++;
      const y = Math.floor(at / width);
      const x = at - y * width;
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          if (connectivity === 4 && dx !== 0 && dy !== 0) continue;
          const nx = x + dx;
          const ny = y + dy;
          if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
          const next = ny * width + nx;
          if (!data[next] || labels[next]) continue;
          labels[next] = label;
          stack.push(next);
        }
    }
    areas.push(area);
  }
  return { count: areas.length - 1, labels, areas: Int32Array.from(areas) };
}
