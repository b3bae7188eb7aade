/** How far a trainer says it is. */
export interface Progress {
  /** 0..1 */
  fraction: number;
  note?: string;
}

/**
 * Reads progress from a line of a trainer's output: JSON `{"progress": 0.4, "note": "epoch 4"}`, or a line that begins with
 * `progress`, `step` or `epoch` and holds a percentage (`step 120  41.5% …`), as our own training scripts print it.
 * @returns undefined for any other line
 */
export function readProgress(line: string): Progress | undefined {
  if (line.startsWith("{")) {
    try {
      const { progress, note } = JSON.parse(line) as { progress?: unknown; note?: unknown };
      if (typeof progress === "number" && progress >= 0 && progress <= 1)
        return { fraction: progress, ...(typeof note === "string" ? { note: note.slice(0, 200) } : {}) };
    } catch {
      // A line that only looks like JSON.
    }
    return undefined;
  }
  const percent = /^(?:progress|step|epoch)\b.*?(\d+(?:\.\d+)?) ?%/i.exec(line)?.[1];
  if (percent === undefined || Number(percent) > 100) return undefined;
  return { fraction: Number(percent) / 100, note: line.slice(0, 200) };
}
