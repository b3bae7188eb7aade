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
  const known = runStateLook(run.state);
  if (known.tone === "failure" || known.tone === "revoked") return known;
  const tone = run.waits ? "waiting" : run.error ? "failure" : run.final ? "success" : known.tone;
  return { tone, sign: SIGNS[tone], label: words(run.state) };
}

const RUN_STATES: [RegExp, Tone][] = [
  [/^(error|failed|failure|timed_out|timeout|dead_lettered)$/, "failure"],
  [/^revoked$/, "revoked"],
  [/^awaiting_/, "waiting"],
  [/^(succeeded|success|completed|done|partial|skipped|promoted|trained)$/, "success"],
  [/^(uploaded|queued|planned|pending|received|waiting|left)$/, "pending"],
];

/** How a run's state, or that of a part of it, looks by its name alone. */
export function runStateLook(state: string): StateLook {
  const name = state.toLowerCase();
  const tone = RUN_STATES.find(([names]) => names.test(name))?.[1] ?? "started";
  return { tone, sign: name === "partial" ? "◐" : SIGNS[tone], label: words(state) };
}

/** `AWAITING_REVIEW` as `awaiting review`. */
export const words = (state: string): string => state.toLowerCase().replaceAll(/[_-]+/g, " ");

/** `diagram` as `Diagram`. */
export const titled = (name: string): string => words(name).replace(/^./, (letter) => letter.toUpperCase());
