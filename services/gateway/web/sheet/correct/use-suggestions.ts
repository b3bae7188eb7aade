/** Likely classes of boxes, the likeliest first, by the box's id. */
export type Suggestions = ReadonlyMap<number, readonly { class: string; score: number }[]>;

export const NO_SUGGESTIONS: Suggestions = new Map();
