import type { Gate } from "#shared/messages";
import type { Declaration, RunSummary } from "../../api/types.ts";

/** The gate a diagram waits at, with what it shows and what is handed in. */
export interface WaitingGate {
  gate: Gate;
  /** Artifact that was found. */
  from: string;
  /** Artifact that is handed in. */
  artifact: string;
}

/** The gate a diagram waits at; null when it does not. */
export function gateOf(
  run: Pick<RunSummary, "state" | "waits">,
  declared: Declaration | undefined,
): WaitingGate | null {
  if (!run.waits) return null;
  for (const [gate, { waiting, from, artifact }] of Object.entries(declared?.gates ?? {}))
    if (waiting === `diagram.${run.state}`) return { gate: gate as Gate, from, artifact };
  return null;
}

/** What a person is asked at a gate. */
export const GATE_QUESTIONS: Record<Gate, string> = {
  annotation: "Are the boxes right?",
  masks: "Are the lines found?",
  graph: "Is the graph right?",
};
