import { asProblem, Problem } from "../../api/problem.ts";
import { del, request } from "../../api/request.ts";
import { diagramPaths } from "../api/diagram-paths.ts";

/** A correction in the making, as the gateway keeps it. */
export interface Draft {
  by: string;
  at: number;
  /** Of the waiting message it corrects. */
  seq: number;
  generation: number;
  revision: number;
  bytes: Uint8Array;
}

/** The draft of a gate; null when there is none. @throws Problem */
export async function loadDraft(uid: string, gate: string): Promise<Draft | null> {
  let response: Response;
  try {
    response = await fetch(diagramPaths.draft(uid, gate), { cache: "no-store" });
  } catch {
    throw new Problem(0, "UNREACHABLE", "The gateway does not answer.");
  }
  if (response.status === 204) return null;
  if (!response.ok) {
    const { code, detail } = await response.json().catch(() => ({}));
    throw new Problem(
      response.status,
      code ?? `HTTP_${response.status}`,
      detail ?? "The draft cannot be read.",
    );
  }
  const number = (name: string) => Number(response.headers.get(name));
  return {
    by: decodeURIComponent(response.headers.get("draft-by") ?? ""),
    at: number("draft-at"),
    seq: number("draft-seq"),
    generation: number("draft-generation"),
    revision: number("draft-revision"),
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}

/** Keeps a draft. @throws Problem `DRAFT_CHANGED` and others */
export const putDraft = (
  uid: string,
  gate: string,
  body: Blob,
  query: { seq: number; revision?: number },
): Promise<{ revision: number; at: number }> =>
  request(diagramPaths.draft(uid, gate), { method: "PUT", body, query: { ...query } });

/** Throws a draft away; that it is gone already is fine. */
export const dropDraft = (uid: string, gate: string): Promise<unknown> =>
  del(diagramPaths.draft(uid, gate)).catch((error) => {
    const problem = asProblem(error);
    if (problem.status !== 404) throw problem;
  });
