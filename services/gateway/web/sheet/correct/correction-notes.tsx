import type { RunDetail } from "../../api/types.ts";
import { Button } from "../../components/button.tsx";
import { Time } from "../../components/time.tsx";
import type { Correction } from "./use-correction.ts";

export interface CorrectionNotesProps {
  run: RunDetail;
  /** The diagram has gone on, or waits by another message. */
  gone: boolean;
  /** The artifact's name, for saving one's own version. */
  artifact: string;
  correction: Correction;
  leave: () => void;
}

/** What there is to decide besides the drawing: drafts, and people who were faster. */
export function CorrectionNotes({ run, gone, artifact, correction, leave }: CorrectionNotesProps) {
  const { offered, restored, saving } = correction;
  const saveFile = async () => {
    const body = await correction.editor?.encode("hand-in");
    if (!body) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(body);
    link.download = `${run.uid}-${artifact}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  const other = saving.kind === "conflict" && saving.problem.code === "DRAFT_CHANGED" && !gone;
  const approvals = run.details.approvals as Record<string, { by: string }> | undefined;
  const by = gone ? Object.values(approvals ?? {}).at(-1)?.by : undefined;
  return (
    <>
      {(gone || (saving.kind === "conflict" && !other)) && (
        <div class="note bad" role="alert">
          <p>
            {gone
              ? `The diagram does not wait here any more: it is ${run.state.replaceAll("_", " ")}${by ? `, last approved by ${by}` : ""}.`
              : saving.kind === "conflict" && saving.problem.message}{" "}
            What you have done is still here.
          </p>
          <div class="actions">
            <Button onClick={saveFile}>Save my version</Button>
            <Button onClick={leave}>Leave</Button>
          </div>
        </div>
      )}
      {other && (
        <div class="note warn" role="alert">
          <p>Somebody else has kept a draft of this meanwhile. Only one of the two can stay.</p>
          <div class="actions">
            <Button onClick={correction.takeTheirs}>Take theirs</Button>
            <Button onClick={correction.overwrite}>Keep mine</Button>
          </div>
        </div>
      )}
      {offered && (
        <div class="note warn" role="note">
          <p>
            There is a draft by {offered.by}, <Time at={offered.at} />, of an earlier result: the diagram has
            run again since.
          </p>
          <div class="actions">
            <Button onClick={correction.takeOffered}>Use the draft</Button>
            <Button onClick={correction.forgetOffered}>Throw it away</Button>
          </div>
        </div>
      )}
      {restored && (
        <div class="note" role="note">
          <p>
            You go on with the draft by {restored.by}, <Time at={restored.at} />.
          </p>
          <Button small onClick={correction.startOver}>
            Start over
          </Button>
        </div>
      )}
    </>
  );
}
