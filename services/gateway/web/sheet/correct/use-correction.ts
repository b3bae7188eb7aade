import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { Gate } from "#shared/messages";
import { asProblem, type Problem } from "../../api/problem.ts";
import { request } from "../../api/request.ts";
import type { RunDetail } from "../../api/types.ts";
import { diagramPaths } from "../api/diagram-paths.ts";
import { type Draft, dropDraft, loadDraft, putDraft } from "../draft/draft-api.ts";
import { createDraftKeeper, type DraftKeeper, type DraftState } from "../draft/draft-keeper.ts";
import type { SheetView } from "../view/sheet-view.ts";
import { type AnyEditor, artifactBytes, openEditor } from "./open-editor.ts";

/** A correction in the making: the editor, how it is kept, and what else there is to decide. */
export interface Correction {
  editor: AnyEditor | undefined;
  problem: Problem | undefined;
  saving: DraftState;
  /** A draft of this very result was found and is what is shown. */
  restored: Draft | undefined;
  /** A draft of an earlier result: offered, not applied. */
  offered: Draft | undefined;
  /** Takes the offered draft as the document. */
  takeOffered(): Promise<void>;
  forgetOffered(): Promise<void>;
  /** Begins again from what was found. */
  startOver(): Promise<void>;
  overwrite(): void;
  /** Reads the draft that somebody else has saved. */
  takeTheirs(): Promise<void>;
  flush(): Promise<void>;
  /** Hands in what was corrected, or accepts it as it is when nothing was. @throws Problem */
  approve(): Promise<void>;
}

/** Opens the editor of a gate, from the draft or from what was found, and keeps what is done. */
export function useCorrection(
  run: RunDetail,
  gate: Gate,
  from: string,
  view: { current: SheetView | null },
): Correction {
  const [, tick] = useReducer((n: number) => n + 1, 0);
  const [editor, setEditor] = useState<AnyEditor>();
  const [problem, setProblem] = useState<Problem>();
  const [saving, setSaving] = useState<DraftState>({ kind: "clean" });
  const [restored, setRestored] = useState<Draft>();
  const [offered, setOffered] = useState<Draft>();
  const keeper = useRef<DraftKeeper | null>(null);
  const touched = useRef(false);
  // What is corrected is what was there when the editor was opened, whatever happens to the diagram meanwhile.
  const { uid, seq } = useRef({ uid: run.uid, seq: run.seq }).current;

  const keep = (made: AnyEditor, revision: number) => {
    keeper.current?.stop();
    keeper.current = createDraftKeeper({
      encode: () => made.encode("draft"),
      put: (body, known) =>
        putDraft(uid, gate, body, { seq, ...(known === undefined ? {} : { revision: known }) }),
      revision,
      onState: setSaving,
    });
  };
  const show = async (bytes: Uint8Array, revision: number, changed: boolean) => {
    const made = await openEditor(run, gate, bytes, (what) => {
      if (what === "document") {
        touched.current = true;
        keeper.current?.touch();
      }
      view.current?.redraw();
      tick(0 as never);
    });
    touched.current = changed;
    keep(made, revision);
    setEditor(made);
  };
  const open = async () => {
    const draft = await loadDraft(uid, gate);
    if (draft && draft.seq === seq) {
      try {
        await show(draft.bytes, draft.revision, true);
        setRestored(draft);
        return;
      } catch {
        // A draft that cannot be read is none.
      }
    }
    await show(await artifactBytes(uid, from), draft?.revision ?? 0, false);
    if (draft && draft.seq !== seq) setOffered(draft);
  };
  useEffect(() => {
    open().catch((error) => setProblem(asProblem(error)));
    const leave = (event: BeforeUnloadEvent) => {
      const kind = keeper.current?.state.kind ?? "clean";
      if (kind === "clean" || kind === "saved") return;
      keeper.current?.flush();
      event.preventDefault();
    };
    const hidden = () => {
      if (document.hidden) keeper.current?.flush();
    };
    addEventListener("beforeunload", leave);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      removeEventListener("beforeunload", leave);
      document.removeEventListener("visibilitychange", hidden);
      const last = keeper.current;
      last?.flush().finally(() => last.stop());
    };
  }, []);

  return {
    editor,
    problem,
    saving,
    restored,
    offered,
    async takeOffered() {
      if (!offered) return;
      await show(offered.bytes, offered.revision, true);
      setOffered(undefined);
      keeper.current?.touch();
    },
    async forgetOffered() {
      await dropDraft(uid, gate);
      setOffered(undefined);
      if (editor) keep(editor, 0);
      if (touched.current) keeper.current?.touch();
    },
    async startOver() {
      await keeper.current?.stop();
      await dropDraft(uid, gate);
      await show(await artifactBytes(uid, from), 0, false);
      setRestored(undefined);
      setSaving({ kind: "clean" });
    },
    overwrite: () => keeper.current?.overwrite(),
    async takeTheirs() {
      const draft = await loadDraft(uid, gate);
      if (draft) await show(draft.bytes, draft.revision, true);
      setRestored(draft ?? undefined);
      setSaving({ kind: "clean" });
    },
    flush: async () => keeper.current?.flush(),
    async approve() {
      if (!editor) return;
      const body = touched.current ? await editor.encode("hand-in") : undefined;
      await request(diagramPaths.approve(uid, gate), {
        method: "POST",
        query: { seq },
        ...(body === undefined ? {} : { body }),
      });
      await keeper.current?.stop();
      keeper.current = null;
    },
  };
}
