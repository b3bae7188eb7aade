import { Time } from "../../components/time.tsx";
import type { DraftState } from "../draft/draft-keeper.ts";

/** Whether what was done is kept. */
export function SaveState({ state }: { state: DraftState }) {
  return (
    <span
      class={state.kind === "failed" || state.kind === "conflict" ? "bad-text small" : "dim small"}
      role="status"
    >
      {state.kind === "clean" && "nothing changed"}
      {state.kind === "dirty" && "changed …"}
      {state.kind === "saving" && "keeping the draft …"}
      {state.kind === "saved" && (
        <>
          draft kept <Time at={state.at} />
        </>
      )}
      {state.kind === "failed" && `not kept: ${state.problem.message} (${state.problem.code}), trying again`}
      {state.kind === "conflict" && "not kept"}
    </span>
  );
}
