import { ApiCode, apiCode, type Bus, openObjects } from "#shared/bus";
import { Gate } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { CORRECTION_MAX_BYTES } from "./check-correction.ts";
import { Refusal } from "./refusal.ts";
import { readRun } from "./run-events.ts";
import { waitingAt } from "./waiting-at.ts";

/** What is known of a correction somebody has begun and not handed in. */
export interface DraftInfo {
  /** Who saved it last. */
  by: string;
  /** When, in ms since the epoch. */
  at: number;
  /** Bytes. */
  size: number;
  /** Stream sequence of the waiting event it corrects: after a retry the diagram waits by another one. */
  seq: number;
  generation: number;
  /** Changes with every save; 0 before the first. */
  revision: number;
}

/** Where a gate's draft lies, in bucket `artifacts`. */
const draftKey = (uid: string, gate: Gate): string => `${uid}/draft-${gate}`;

/** Where a diagram's drafts lie, in bucket `artifacts`. */
export const draftKeys = (uid: string): string[] => Gate.options.map((gate) => draftKey(uid, gate));

/**
 * Keeps a correction in the making, one per gate of a diagram; what it holds is its editor's business.
 * @param options.seq stream sequence of the waiting event the editor was opened on
 * @param options.revision of the draft the editor knows (0: none); left out, whatever is there is replaced
 * @throws Refusal `RUN_NOT_FOUND`, `NOT_WAITING`, `ALREADY_APPROVED`, `DRAFT_STALE`, `DRAFT_CHANGED`, `DRAFT_TOO_LARGE`
 */
export async function saveDraft(
  bus: Bus,
  gate: Gate,
  uid: string,
  draft: Uint8Array,
  options: { by: string; seq: number; revision?: number },
): Promise<DraftInfo> {
  if (draft.byteLength > CORRECTION_MAX_BYTES)
    throw new Refusal(
      "too-large",
      "DRAFT_TOO_LARGE",
      `the draft has ${draft.byteLength} bytes, the limit is ${CORRECTION_MAX_BYTES}`,
    );
  const waiting = waitingAt(await readRun(bus, diagramPipeline, uid), gate);
  if (waiting.seq !== options.seq)
    throw new Refusal(
      "conflict",
      "DRAFT_STALE",
      `the draft corrects what diagram "${uid}" had at message ${options.seq}; it waits by message ${waiting.seq} now`,
    );
  const { by, seq, revision } = options;
  const at = Date.now();
  const { generation } = waiting;
  const store = await openObjects(bus, "artifacts");
  const metadata = { by, at: String(at), seq: String(seq), generation: String(generation) };
  // A deleted draft is none: its marker's place in the stream is what the next one follows.
  const expected = revision === 0 ? await deletedRevision(store, draftKey(uid, gate)) : revision;
  try {
    const saved = await store.putBlob(
      { name: draftKey(uid, gate), metadata },
      draft,
      expected === undefined ? {} : { previousRevision: expected },
    );
    return { by, at, size: draft.byteLength, seq, generation, revision: saved.revision };
  } catch (error) {
    if (apiCode(error) !== ApiCode.wrongLastSequence) throw error;
    throw new Refusal(
      "conflict",
      "DRAFT_CHANGED",
      `somebody else has saved a draft for gate ${gate} of diagram "${uid}" meanwhile`,
    );
  }
}

type Store = Awaited<ReturnType<typeof openObjects>>;

async function deletedRevision(store: Store, key: string): Promise<number> {
  const found = await store.info(key);
  return found?.deleted ? found.revision : 0;
}

/** The draft of a gate, or null when there is none. Its bytes come as they are read. */
export async function readDraft(
  bus: Bus,
  gate: Gate,
  uid: string,
): Promise<(DraftInfo & { data: ReadableStream<Uint8Array> }) | null> {
  const store = await openObjects(bus, "artifacts");
  const key = draftKey(uid, gate);
  const info = await store.info(key);
  if (!info || info.deleted) return null;
  const found = await store.get(key);
  if (!found) return null;
  const { by = "unknown", at, seq, generation } = found.info.metadata ?? {};
  return {
    by,
    at: Number(at),
    seq: Number(seq),
    generation: Number(generation),
    size: found.info.size,
    revision: found.info.revision,
    data: found.data,
  };
}

/** Forgets a gate's draft; true when there was one. */
export async function dropDraft(bus: Bus, gate: Gate, uid: string): Promise<boolean> {
  const store = await openObjects(bus, "artifacts");
  const info = await store.info(draftKey(uid, gate));
  if (!info || info.deleted) return false;
  return (await store.delete(draftKey(uid, gate))).success;
}
