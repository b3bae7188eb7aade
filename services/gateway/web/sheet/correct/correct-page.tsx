import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Gate } from "#shared/messages";
import { asProblem, type Problem } from "../../api/problem.ts";
import type { RunDetail } from "../../api/types.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Page } from "../../components/page.tsx";
import { ProblemNote } from "../../components/problem-note.tsx";
import { Empty, Loading } from "../../components/states.tsx";
import { navigate } from "../../router/location.ts";
import { declaration } from "../../state/declaration.ts";
import { toast } from "../../state/toasts.ts";
import { useTiles } from "../api/use-tiles.ts";
import { GATE_QUESTIONS, gateOf, type WaitingGate } from "../diagram/gate-of.ts";
import type { SheetView } from "../view/sheet-view.ts";
import { Viewer } from "../view/viewer.tsx";
import { BoxEditor } from "./box-editor.ts";
import { BoxPanel } from "./box-panel.tsx";
import { CorrectionNotes } from "./correction-notes.tsx";
import { GraphEditor, placeOf } from "./graph-editor.ts";
import { GraphPanel } from "./graph-panel.tsx";
import { MaskEditor } from "./mask-editor.ts";
import { MaskPanel } from "./mask-panel.tsx";
import { SaveState } from "./save-state.tsx";
import { Tools } from "./tools.tsx";
import { useCorrection } from "./use-correction.ts";
import { EDITOR_KEYS, type EditorKeys, useEditorKeys } from "./use-editor-keys.ts";
import { useSuggestions } from "./use-suggestions.ts";

export interface CorrectPageProps {
  run: RunDetail;
  /** As the address says. */
  gate: string;
  refresh: () => void;
}

/** Width under which there is no room for a sheet and its tools. */
const WIDE = "(min-width: 821px)";

/** Correcting what a stage found, where the diagram waits for a person. */
export function CorrectPage({ run, gate, refresh }: CorrectPageProps) {
  const known = declaration.value !== undefined;
  const waiting = gateOf(run, declaration.value);
  // The gate it was opened at stays, so that nobody's work vanishes when somebody else approves.
  const opened = useRef<{ gate: WaitingGate; seq: number } | null>(null);
  if (!opened.current && waiting?.gate === gate) opened.current = { gate: waiting, seq: run.seq };
  const leave = () => navigate(`/diagrams/${run.uid}`);
  if (!known) return <Loading lines={8} />;
  if (!matchMedia(WIDE).matches)
    return (
      <Page title={run.name ?? run.uid}>
        <Empty title="Correcting needs a wider screen than this one">
          <a href={`/diagrams/${run.uid}`}>To the diagram</a>
        </Empty>
      </Page>
    );
  if (!opened.current)
    return (
      <Page title={run.name ?? run.uid}>
        <Empty title={`It does not wait at gate ${gate.slice(0, 40)}`}>
          <p>Its state is {run.state.replaceAll("_", " ")}.</p>
          <a href={`/diagrams/${run.uid}`}>To the diagram</a>
        </Empty>
      </Page>
    );
  const gone = waiting?.gate !== gate || run.seq !== opened.current.seq;
  return <Correcting run={run} waiting={opened.current.gate} gone={gone} leave={leave} refresh={refresh} />;
}

interface CorrectingProps {
  run: RunDetail;
  waiting: WaitingGate;
  gone: boolean;
  leave: () => void;
  refresh: () => void;
}

function Correcting({ run, waiting, gone, leave, refresh }: CorrectingProps) {
  const gate: Gate = waiting.gate;
  const view = useRef<SheetView | null>(null);
  const tiles = useTiles(run);
  const correction = useCorrection(run, gate, waiting.from, view);
  const { editor } = correction;
  const suggestions = useSuggestions(run.uid, gate === "annotation");
  const [help, setHelp] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const painters = useMemo(
    () =>
      editor
        ? [
            (context: CanvasRenderingContext2D, now: Parameters<typeof editor.paint>[1]) =>
              editor.paint(context, now),
          ]
        : [],
    [editor],
  );
  const layers = useMemo(() => new Map([["sheet", 1]]), []);
  useEffect(() => {
    document.title = `${GATE_QUESTIONS[gate]} ${run.name ?? run.uid} · Penstock`;
  }, []);

  const visit = (step: 1 | -1) => {
    const box = editor?.visit(step);
    if (box) view.current?.show(box);
  };
  const confirm = () => {
    if (editor instanceof MaskEditor || !editor) return;
    editor.confirm();
    visit(1);
  };
  const approve = async () => {
    setProblem(undefined);
    try {
      await correction.approve();
      toast("Approved; it goes on.");
      leave();
      refresh();
    } catch (error) {
      setProblem(asProblem(error));
      refresh();
    }
  };
  const keys = useMemo<EditorKeys | null>(
    () =>
      editor
        ? {
            undo: () => editor.undo(),
            redo: () => editor.redo(),
            visit,
            confirm,
            chooseClass: () => document.querySelector<HTMLInputElement>(".class-search")?.focus(),
            help: () => setHelp(true),
            save: () => correction.flush(),
            approve,
            press: (event) => editor.press(event),
          }
        : null,
    [editor],
  );
  useEditorKeys(keys);

  return (
    <Page
      wide
      title={GATE_QUESTIONS[gate]}
      about={
        <span class="row">
          <a href={`/diagrams/${run.uid}`}>{run.name ?? run.uid}</a>
          <SaveState state={correction.saving} />
        </span>
      }
      actions={
        <>
          <Button kind="quiet" onClick={leave}>
            Leave
          </Button>
          <Button
            kind="primary"
            needs="operator"
            disabled={!editor || gone}
            title="ctrl + Enter"
            onClick={approve}
          >
            Approve
          </Button>
        </>
      }
    >
      <div class="correct">
        <div class="stack">
          {problem && <ProblemNote problem={problem} />}
          {correction.problem && <ProblemNote problem={correction.problem} />}
          <CorrectionNotes
            run={run}
            gone={gone}
            artifact={waiting.artifact}
            correction={correction}
            leave={leave}
          />
        </div>
        <div class="correct-body">
          {tiles && editor ? (
            <Viewer
              uid={run.uid}
              tiles={tiles}
              layers={layers}
              painters={painters}
              tool={editor.tool}
              label="the sheet, to be corrected; question mark lists the keys"
              onReady={(ready) => {
                view.current = ready;
              }}
            >
              <Tools editor={editor} visit={visit} help={() => setHelp(true)} />
            </Viewer>
          ) : (
            <Loading lines={10} />
          )}
          <aside class="correct-side" aria-label="what is selected">
            {editor instanceof BoxEditor && (
              <BoxPanel
                editor={editor}
                suggestions={suggestions}
                confirm={confirm}
                show={(id) => {
                  editor.select([id]);
                  const box = editor.chosen[0];
                  if (box) view.current?.show(box.bbox);
                }}
              />
            )}
            {editor instanceof MaskEditor && <MaskPanel editor={editor} />}
            {editor instanceof GraphEditor && (
              <GraphPanel
                editor={editor}
                confirm={confirm}
                show={(id) => {
                  editor.select([id]);
                  const node = editor.chosenNodes[0];
                  if (node) view.current?.show(placeOf(node));
                }}
              />
            )}
          </aside>
        </div>
      </div>
      {help && editor && (
        <Dialog title="Keys while correcting" onClose={() => setHelp(false)}>
          <dl class="keys">
            {[...editor.keys, ...EDITOR_KEYS].map(([key, does]) => [
              <dt key={`${key}-k`}>
                <kbd>{key}</kbd>
              </dt>,
              <dd key={key}>{does}</dd>,
            ])}
          </dl>
        </Dialog>
      )}
    </Page>
  );
}
