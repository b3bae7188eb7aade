import { useState } from "preact/hooks";
import { del, post } from "../../api/request.ts";
import type { RunDetail } from "../../api/types.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { Button } from "../../components/button.tsx";
import { navigate } from "../../router/location.ts";
import { declaration } from "../../state/declaration.ts";
import { toast } from "../../state/toasts.ts";
import { diagramPaths } from "../api/diagram-paths.ts";

type Asked = "retry" | "revoke" | "delete" | null;

/** Retry, revoke, delete: what the diagram's state allows. */
export function Actions({ run, onDone }: { run: RunDetail; onDone: () => void }) {
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const split = run.state === "split";
  return (
    <>
      {(run.final || run.waits) && !split && (
        <Button needs="operator" onClick={() => setAsked("retry")}>
          {run.state === "completed" ? "Run again" : "Retry"}
        </Button>
      )}
      {!run.final && (
        <Button needs="operator" kind="danger" onClick={() => setAsked("revoke")}>
          Revoke
        </Button>
      )}
      {(run.final || run.waits) && (
        <Button needs="operator" kind="danger" onClick={() => setAsked("delete")}>
          Delete
        </Button>
      )}
      {asked === "retry" && <RetryDialog run={run} onClose={close} onDone={onDone} />}
      {asked === "revoke" && (
        <ActionDialog
          title="End this diagram?"
          action="Revoke"
          danger
          reason="optional"
          onClose={close}
          onConfirm={async (answer) => {
            await post(diagramPaths.revoke(run.uid), answer);
            toast("It is revoked.");
            onDone();
          }}
        >
          <p>What runs is stopped, what waits is not begun. It can be retried later.</p>
        </ActionDialog>
      )}
      {asked === "delete" && (
        <ActionDialog
          title="Delete this diagram?"
          action="Delete"
          danger
          onClose={close}
          onConfirm={async () => {
            await del(diagramPaths.one(run.uid));
            toast("It is deleted.");
            navigate("/diagrams");
          }}
        >
          <p>The drawing and everything made of it go, for good.</p>
        </ActionDialog>
      )}
    </>
  );
}

/** Stages a run has been through can be run again from there. */
function RetryDialog({ run, onClose, onDone }: { run: RunDetail; onClose: () => void; onDone: () => void }) {
  const stages = declaration.value?.pipelines.find((each) => each.name === run.pipeline)?.stages ?? [];
  const failed = run.error?.stage;
  const [from, setFrom] = useState("");
  const reached = stages.findIndex((stage) => stage.name === (failed ?? run.stage));
  const usable = reached < 0 ? stages : stages.slice(0, reached + 1);
  return (
    <ActionDialog
      title="Run it again"
      action="Run again"
      onClose={onClose}
      onConfirm={async () => {
        await post(diagramPaths.retry(run.uid), from === "" ? {} : { from });
        toast("It runs again.");
        onDone();
      }}
    >
      <label class="field">
        <span>From stage</span>
        <select value={from} onChange={(event) => setFrom(event.currentTarget.value)}>
          <option value="">{failed ? `${failed}, where it failed` : "where it makes sense"}</option>
          {usable.map((stage) => (
            <option key={stage.name} value={stage.name}>
              {stage.name}: {stage.summary}
            </option>
          ))}
        </select>
      </label>
      <p class="dim small">Stages after it run again too. What they made before stays in the store.</p>
    </ActionDialog>
  );
}
