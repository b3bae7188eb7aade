import { runLook, type StateLook, taskLook } from "../format/state.ts";

/** A state: colour, sign and word. */
export function Look({ look, title }: { look: StateLook; title?: string }) {
  return (
    <span class={`state ${look.tone}`} title={title}>
      <i aria-hidden="true">{look.sign}</i>
      {look.label}
    </span>
  );
}

export const TaskBadge = ({ state }: { state: string }) => <Look look={taskLook(state)} title={state} />;

export const RunBadge = ({ run }: { run: Parameters<typeof runLook>[0] }) => (
  <Look look={runLook(run)} title={run.state} />
);
