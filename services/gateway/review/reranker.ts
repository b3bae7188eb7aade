import type { ArtifactRef, Gate } from "#shared/messages";
import type { Logger } from "#shared/telemetry";
import type { Looker } from "../looking/looker.ts";

/** The models by which the review queue is ordered, with the version that is live or was asked. */
export interface RankedBy {
  ranking: string | null;
  regression: string | null;
}

/** A diagram that waits. */
export interface Waits {
  uid: string;
  gate: Gate;
  /** When it last changed, epoch ms: what was estimated before that is no longer asked for. */
  updated: number;
  artifacts: Record<string, ArtifactRef>;
  /** What its gate said when it came there, and by which models. */
  corrections: number | null;
  by: RankedBy;
}

/** Estimates kept; the longest known go first. */
const KEPT = 1_000;

/**
 * Estimates anew what waiting diagrams need once another model is live than the one their gate asked. That is done when somebody
 * looks at the queue, one diagram at a time and behind the questions of people; until then the old estimate counts.
 */
export class Reranker {
  readonly #looker: Looker;
  readonly #log: Logger;
  /** By diagram, gate and models. */
  readonly #known = new Map<string, number | null>();
  #wanted = new Map<string, { url: string; diagram: Waits }>();
  #working = false;

  constructor(looker: Looker, log: Logger) {
    this.#looker = looker;
    this.#log = log;
  }

  /** What a diagram probably needs by the models that are live; `outdated` while that is being found out. */
  of(url: string, diagram: Waits, live: RankedBy): { corrections: number | null; outdated: boolean } {
    const { corrections, by } = diagram;
    const same = by.ranking === live.ranking && by.regression === live.regression;
    if (same || !requestOf(url, diagram)) return { corrections, outdated: false };
    const key = [diagram.gate, diagram.uid, diagram.updated, live.ranking, live.regression].join(" ");
    const known = this.#known.get(key);
    if (known !== undefined) return { corrections: known, outdated: false };
    this.#wanted.set(key, { url, diagram });
    void this.#work();
    return { corrections, outdated: true };
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      for (;;) {
        const [next] = this.#wanted;
        if (!next) return;
        const [key, { url, diagram }] = next;
        this.#remember(key, await this.#estimate(url, diagram));
        this.#wanted.delete(key);
      }
    } finally {
      this.#working = false;
    }
  }

  /** What cannot be looked at keeps its estimate: trying again with every look would cost a core for nothing. */
  async #estimate(url: string, diagram: Waits): Promise<number | null> {
    const { uid, corrections } = diagram;
    try {
      return await this.#looker.need(requestOf(url, diagram)!, (text) => this.#log.warn({ uid }, text));
    } catch (error) {
      this.#log.warn({ uid, err: error }, "what it needs was not estimated anew");
      return corrections;
    }
  }

  #remember(key: string, corrections: number | null): void {
    this.#known.set(key, corrections);
    if (this.#known.size > KEPT) this.#known.delete(this.#known.keys().next().value!);
  }
}

/** The question about a diagram; undefined where there is nothing to look at. */
function requestOf(url: string, { gate, artifacts }: Waits) {
  const { "sheet.png": sheet, "detections.json": claims } = artifacts;
  if (!sheet || !claims) return undefined;
  if (gate === "annotation") return { url, sheet, claims };
  const { "graph.json": graph, "junctions.json": junctions, "annotations.json": annotations } = artifacts;
  if (gate !== "graph" || !graph || !junctions || !annotations) return undefined;
  return { url, sheet, claims, built: { graph, junctions, annotations } };
}
