import { seeded } from "../learners/random.ts";

/** Keeps examples within a bound while sheets are walked: what was corrected first, of the rest an even sample. */
export interface Sample<T> {
  add(item: T, corrected: boolean): void;
  items(): T[];
}

/** Reservoir sampling (Vitter 1985) of both kinds, so that memory is bounded however much there is to learn from. */
export function createSample<T>(limit: number, seed: number): Sample<T> {
  const random = seeded(seed);
  const kept = { corrected: [] as T[], plain: [] as T[] };
  const seen = { corrected: 0, plain: 0 };
  const room = { corrected: Math.ceil(limit / 2), plain: limit };
  return {
    add(item, corrected) {
      const kind = corrected ? "corrected" : "plain";
      seen[kind]++;
      if (kept[kind].length < room[kind]) kept[kind].push(item);
      else {
        const at = Math.floor(random() * seen[kind]);
        if (at < room[kind]) kept[kind][at] = item;
      }
    },
    items() {
      return [...kept.corrected, ...kept.plain.slice(0, Math.max(0, limit - kept.corrected.length))];
    },
  };
}
