import type { RetrainPart, RetrainRun } from "#shared/operate";
import { bar, cut, duration } from "../format.ts";
import { table } from "../print.ts";
import { paint, paintState } from "../style.ts";

const score = (value: number | null) => (value === null ? "–" : value.toFixed(4));

/** What became of a candidate, in a few words. */
function verdict({ promoted, version, reason, error, note }: RetrainPart): string {
  if (error) return error;
  if (promoted) return paint("green", `promoted as ${version}`);
  return reason ?? note ?? "";
}

const SIGNS: Record<RetrainPart["state"], string> = {
  waiting: "· waiting",
  training: "▶ training",
  retrying: "↻ retrying",
  trained: "✔ trained",
  failed: "✘ failed",
  revoked: "■ revoked",
  left: "– left out",
};

/** A retraining as text: one line per model with its state, time, and score beside the live model's. */
export function retrainFrame(run: RetrainRun, columns = 160, now = Date.now()): string {
  const took = duration((run.endedAt ?? now) - run.createdAt);
  const head = `${paint("bold", run.run)}  ${paintState(run.state)}  ${took}${run.dataset ? `  dataset ${run.dataset}` : ""}`;
  const rows = Object.entries(run.parts).map(([name, part]) => {
    const isTraining = part.state === "training" && part.progress !== null;
    const progress = isTraining ? bar(part.progress ?? 0, 12) : duration(part.runtimeMs);
    const text = cut(verdict(part), Math.max(20, columns - 75));
    return [name, SIGNS[part.state], progress, score(part.score), score(part.liveScore), text];
  });
  const columnsOf = ["model", "training", "took", ">candidate", ">live", "what became of it"];
  return [head, ...(run.reason ? [run.reason] : []), "", table(columnsOf, rows)].join("\n");
}
