/** `950 ms`, `4.2 s`, `3 min 5 s`, `2 h 10 min`. */
export function duration(ms) {
  if (ms === null || ms === undefined) return "–";
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 2880) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.round(minutes / 1440)} d`;
}

/** How long ago. */
export const ago = (at) =>
  Date.now() - at < 3000
    ? "now"
    : `${duration(Date.now() - at)
        .replace(/\.\d s/, " s")
        .replace(/ min \d+ s/, " min")} ago`;

/** The moment itself, for a tooltip. */
export const moment = (at) => new Date(at).toLocaleString();

/** `1.4 MB` */
export function bytes(count) {
  const units = ["B", "kB", "MB", "GB"];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

const LOOKS = {
  completed: ["green", "✔", "completed"],
  split: ["green", "✔", "split into pages"],
  error: ["red", "✘", "error"],
  revoked: ["blue", "■", "revoked"],
  awaiting_annotation: ["cyan", "✎", "boxes to check"],
  awaiting_masks: ["cyan", "✎", "mask to check"],
  awaiting_graph: ["cyan", "✎", "graph to check"],
  uploaded: ["grey", "…", "uploaded"],
};

/** Colour, sign and words of a diagram's state: never told by colour alone. */
export const look = (state) => LOOKS[state] ?? ["yellow", "▶", state.replaceAll("_", " ")];
