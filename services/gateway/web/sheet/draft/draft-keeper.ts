import { asProblem, type Problem } from "../../api/problem.ts";

/** How an edit is kept. */
export type DraftState =
  | { kind: "clean" }
  | { kind: "dirty" }
  | { kind: "saving" }
  | { kind: "saved"; at: number }
  /** It is tried again. */
  | { kind: "failed"; problem: Problem }
  /** Somebody else has saved, or approved: a person decides. */
  | { kind: "conflict"; problem: Problem };

export interface DraftKeeperOptions {
  /** What is kept, as it is now. */
  encode(): Promise<Blob>;
  /** @throws Problem */
  put(body: Blob, revision: number | undefined): Promise<{ revision: number; at: number }>;
  /** Of the draft that is known; 0 for none. */
  revision: number;
  onState(state: DraftState): void;
  /** After the last change. @default 1200 */
  calmMs?: number;
  /** After a failure. @default 5000 */
  againMs?: number;
}

/** Saves a document in the making a moment after it has changed. */
export interface DraftKeeper {
  readonly state: DraftState;
  /** Something has changed. */
  touch(): void;
  /** Saves at once what is not saved; settles when that is done or has failed. */
  flush(): Promise<void>;
  /** Mine is the draft, whatever somebody else has saved. */
  overwrite(): void;
  /** Saves nothing any more; settles when nothing is on its way. */
  stop(): Promise<void>;
}

/** Conflicts are not tried again. */
const CONFLICTS = new Set([
  "DRAFT_CHANGED",
  "DRAFT_STALE",
  "ALREADY_APPROVED",
  "NOT_WAITING",
  "RUN_NOT_FOUND",
]);

export function createDraftKeeper(options: DraftKeeperOptions): DraftKeeper {
  const { calmMs = 1_200, againMs = 5_000 } = options;
  let revision: number | undefined = options.revision;
  let state: DraftState = { kind: "clean" };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> | null = null;
  let changed = false;
  let over = false;

  const say = (next: DraftState) => {
    state = next;
    if (!over) options.onState(next);
  };
  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  };
  const save = async () => {
    clearTimeout(timer);
    if (over || !changed || saving) return;
    changed = false;
    say({ kind: "saving" });
    saving = (async () => {
      try {
        const saved = await options.put(await options.encode(), revision);
        revision = saved.revision;
        say(changed ? { kind: "dirty" } : { kind: "saved", at: saved.at });
      } catch (error) {
        const problem = asProblem(error);
        changed = true;
        say({ kind: CONFLICTS.has(problem.code) ? "conflict" : "failed", problem });
      }
    })();
    await saving;
    saving = null;
    if (changed && !over && state.kind !== "conflict") later(state.kind === "failed" ? againMs : calmMs);
  };
  return {
    get state() {
      return state;
    },
    touch() {
      changed = true;
      if (over || state.kind === "conflict") return;
      if (state.kind !== "saving") say({ kind: "dirty" });
      later(calmMs);
    },
    async flush() {
      await saving;
      await save();
    },
    overwrite() {
      revision = undefined;
      changed = true;
      say({ kind: "dirty" });
      later(0);
    },
    async stop() {
      over = true;
      clearTimeout(timer);
      await saving;
    },
  };
}
