import type { Bus } from "#shared/bus";
import { ArtifactRef, DiagramEvent } from "#shared/messages";
import { Refusal, readRun } from "#shared/operate";
import { diagramPipeline } from "#shared/pipeline";
import { LAYERS } from "./layers.ts";

/** Pictures a diagram has now. */
export interface FoundLayers {
  widthPx: number;
  heightPx: number;
  /** By layer name, lowest layer first. */
  refs: Map<string, ArtifactRef>;
}

const Sheet = DiagramEvent.pick({ sheet: true });

/**
 * Size of a diagram's sheet and the pictures its latest event names.
 * @throws Refusal `RUN_NOT_FOUND`, `SHEET_NOT_FOUND` before ingest is through
 */
export async function findLayers(bus: Bus, uid: string): Promise<FoundLayers> {
  const run = await readRun(bus, diagramPipeline, uid);
  for (const event of [...run.events].reverse()) {
    const body = event.body();
    const artifacts = (body.artifacts ?? {}) as Record<string, unknown>;
    const { sheet } = Sheet.safeParse(body).data ?? {};
    if (!sheet || !artifacts["sheet.png"]) continue;
    const refs = new Map<string, ArtifactRef>();
    for (const [name, layer] of Object.entries(LAYERS)) {
      const ref = ArtifactRef.safeParse(artifacts[layer.artifact]);
      if (ref.success) refs.set(name, ref.data);
    }
    return { ...sheet, refs };
  }
  throw new Refusal("missing", "SHEET_NOT_FOUND", `diagram "${uid}" has no sheet yet`);
}

/** How long an answer of {@link findLayers} serves: a viewer asks for a hundred tiles at once. */
const FRESH_MS = 2_000;
const KEPT_MAX = 200;

/** {@link findLayers}, asked once for many tiles; `anew` asks in any case. */
export function layerFinder(): (bus: Bus, uid: string, anew?: boolean) => Promise<FoundLayers> {
  const kept = new Map<string, { at: number; found: Promise<FoundLayers> }>();
  return (bus, uid, anew = false) => {
    const known = kept.get(uid);
    if (known && !anew && Date.now() - known.at < FRESH_MS) return known.found;
    kept.delete(uid);
    const found = findLayers(bus, uid);
    const entry = { at: Date.now(), found };
    kept.set(uid, entry);
    found.catch(() => {
      if (kept.get(uid) === entry) kept.delete(uid);
    });
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_MAX) break;
      kept.delete(oldest);
    }
    return found;
  };
}
