/** Colours as Flower's users know them; each with a shape, so that colour is never alone. */
export type Tone = "success" | "failure" | "started" | "pending" | "revoked" | "waiting";

/** What a state looks like: tone, and the sign before its name. */
export interface StateLook {
  tone: Tone;
  sign: string;
  /** As people read it. */
  label: string;
}

export const SIGNS: Record<Tone, string> = {
  success: "✓",
  failure: "✕",
  started: "▸",
  pending: "○",
  revoked: "⊘",
  waiting: "✎",
};

const TASKS: Record<string, [Tone, string]> = {
  PENDING: ["pending", "pending"],
  RECEIVED: ["pending", "received"],
  STARTED: ["started", "started"],
  RETRY: ["started", "retrying"],
  SUCCESS: ["success", "succeeded"],
  FAILURE: ["failure", "failed"],
  REVOKED: ["revoked", "revoked"],
  DEAD_LETTERED: ["failure", "dead-lettered"],
};

/** How a task's state looks. */
export function taskLook(state: string): StateLook {
  const [tone, label] = TASKS[state] ?? ["pending", words(state)];
  return { tone, label, sign: state === "RETRY" ? "↻" : SIGNS[tone] };
}

/** How the state of a diagram or another run looks. */
export function runLook(run: { state: string; final: boolean; waits: boolean; error?: unknown }): StateLook {
  const tone = runTone(run);
  return { tone, sign: SIGNS[tone], label: words(run.state) };
}

function runTone({ state, final, waits, error }: Parameters<typeof runLook>[0]): Tone {
  if (waits) return "waiting";
  if (state === "revoked") return "revoked";
  if (error || /^(error|failed|timed_out|timeout)$/.test(state)) return "failure";
  if (final) return "success";
  return /^(uploaded|queued|planned|pending)$/.test(state) ? "pending" : "started";
}

/** `AWAITING_REVIEW` as `awaiting review`. */
export const words = (state: string): string => state.toLowerCase().replaceAll(/[_-]+/g, " ");
