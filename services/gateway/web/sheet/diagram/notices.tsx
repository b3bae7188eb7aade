import { request } from "../../api/request.ts";
import type { RunDetail } from "../../api/types.ts";
import { Button } from "../../components/button.tsx";
import { setQuery } from "../../router/location.ts";
import { declaration } from "../../state/declaration.ts";
import { toast } from "../../state/toasts.ts";
import { diagramPaths } from "../api/diagram-paths.ts";
import { GATE_QUESTIONS, gateOf } from "./gate-of.ts";

/** Why it failed, or what it waits for. */
export function Notices({ run, onDone }: { run: RunDetail; onDone: () => void }) {
  if (run.error)
    return (
      <div class="note bad" role="alert">
        <div>
          <p>
            Stage <b>{run.error.stage}</b> failed: {run.error.message}
          </p>
          <p class="dim small">
            <code>{run.error.code}</code>
          </p>
        </div>
      </div>
    );
  const waiting = gateOf(run, declaration.value);
  if (!waiting) return null;
  const { gate, from } = waiting;
  const approve = async () => {
    await request(diagramPaths.approve(run.uid, gate), { method: "POST", query: { seq: run.seq } });
    toast("Approved as it is; it goes on.");
    onDone();
  };
  return (
    <div class="note ask" role="note">
      <div>
        <p>
          <b>{GATE_QUESTIONS[gate]}</b> It waits for a person.
        </p>
        <p class="dim small">
          Correct what is wrong, or approve <code>{from}</code> as it is.
        </p>
        <p class="narrow dim small">Correcting needs a wider screen than this one.</p>
      </div>
      <div class="actions">
        <Button needs="operator" onClick={approve}>
          Approve as it is
        </Button>
        <Button class="wide-only" kind="primary" needs="operator" onClick={() => setQuery({ correct: gate })}>
          Correct
        </Button>
      </div>
    </div>
  );
}
