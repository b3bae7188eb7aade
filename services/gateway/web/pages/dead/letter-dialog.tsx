import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import { post } from "../../api/request.ts";
import type { DeadLetterDetail } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Button } from "../../components/button.tsx";
import { Code } from "../../components/code.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { JsonField } from "../../components/json-field.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { AbsoluteTime } from "../../components/time.tsx";
import { bytes } from "../../format/number.ts";
import { runHref } from "../../format/run-href.ts";
import { toast } from "../../state/toasts.ts";
import { hexDump } from "./bytes-view.ts";
import { DropDialog } from "./drop-dialog.tsx";

export interface LetterDialogProps {
  seq: number;
  onClose: () => void;
  onDone: () => void;
}

/** One letter, whole: why it died, its message to look at or edit, and what can be done. */
export function LetterDialog({ seq, onClose, onDone }: LetterDialogProps) {
  const letter = useQuery<DeadLetterDetail>(paths.deadLetter(seq), undefined, { everyMs: 0 });
  const [editing, setEditing] = useState(false);
  const [dropping, setDropping] = useState(false);
  const [edited, setEdited] = useState<{ value: unknown } | null>();
  const finish = () => {
    onDone();
    onClose();
  };
  if (dropping) return <DropDialog seq={seq} onClose={() => setDropping(false)} onDone={finish} />;
  const redrive = async () => {
    await post(paths.redrive(seq), edited ? { body: edited.value } : {});
    toast(`Letter ${seq} is sent again${edited ? ", edited" : ""}`);
    finish();
  };
  return (
    <Dialog title={`Dead letter ${seq}`} onClose={onClose} wide>
      <QueryView query={letter} lines={8}>
        {(data) => (
          <div class="stack letter">
            <p class="note bad">
              <span>
                <b>{data.reason}</b> · <code>{data.code}</code> {data.message}
              </span>
            </p>
            <LetterFacts letter={data} />
            {data.stack && (
              <details>
                <summary>Stack</summary>
                <Code text={data.stack} label="stack" />
              </details>
            )}
            <details>
              <summary>Headers</summary>
              <Code text={JSON.stringify(data.headers)} label="headers" />
            </details>
            {data.body !== undefined && editing ? (
              <JsonField label="Message" value={data.body} onChange={setEdited} />
            ) : (
              <>
                <h3>Message</h3>
                <Code
                  text={data.body === undefined ? hexDump(data.base64) : JSON.stringify(data.body)}
                  label="message"
                />
                {data.body === undefined && (
                  <p class="dim small">Its bytes do not decode; these are the first ones.</p>
                )}
              </>
            )}
          </div>
        )}
      </QueryView>
      <footer class="dialog-foot">
        <Button kind="danger" needs="admin" onClick={() => setDropping(true)}>
          Drop …
        </Button>
        <span class="grow" />
        {letter.data?.body !== undefined && !editing && (
          <Button needs="operator" onClick={() => setEditing(true)}>
            Edit
          </Button>
        )}
        <Button kind="primary" needs="operator" disabled={!letter.data || edited === null} onClick={redrive}>
          {edited ? "Redrive edited" : "Redrive"}
        </Button>
      </footer>
    </Dialog>
  );
}

function LetterFacts({ letter }: { letter: DeadLetterDetail }) {
  return (
    <dl class="facts">
      <dt>Stage</dt>
      <dd>
        {letter.stage} <span class="dim">of {letter.pipeline}</span>
      </dd>
      <dt>Run</dt>
      <dd>
        <a href={runHref(letter.pipeline, letter.run)}>{letter.run || "–"}</a>
        {letter.generation > 0 && ` · retry ${letter.generation}`}
      </dd>
      <dt>Died</dt>
      <dd>
        <AbsoluteTime at={letter.at} /> after {letter.deliveries}{" "}
        {letter.deliveries === 1 ? "delivery" : "deliveries"}
      </dd>
      <dt>Worker</dt>
      <dd>{letter.worker ?? "–"}</dd>
      <dt>Subject</dt>
      <dd>
        <code>{letter.subject}</code>{" "}
        <span class="dim">
          sequence {letter.sequence} of {letter.stream}, {bytes(letter.size)}
        </span>
      </dd>
    </dl>
  );
}
