import type { Bus } from "#shared/bus";
import { type LiveVersion, liveVersions } from "#shared/models";
import type { Pipeline } from "#shared/pipeline";
import type { Names } from "../counts/names.ts";
import { deadLetterReader } from "./dead-letters.ts";
import { readDiagramStates } from "./diagram-states.ts";
import { lookAtAll } from "./look-at-all.ts";
import { type Retraining, readRetraining } from "./retraining.ts";
import { readStageQueues, type StageQueue } from "./stage-queue.ts";

/** What is so now, as it was last looked at. */
export interface LiveState {
  queues: readonly StageQueue[];
  /** Dead letters by queue. */
  dead: ReadonlyMap<string, number>;
  /** Diagrams by state; null while no tracker answers. */
  diagrams: ReadonlyMap<string, number> | null;
  models: readonly LiveVersion[];
  /** Null until a tracker has answered. */
  retraining: Retraining | null;
}

export interface LiveOptions {
  bus: Bus;
  pipelines: readonly Pipeline[];
  names: Names;
  onProblem: (error: unknown) => void;
}

/** What was last known of the diagrams is shown for this long while no tracker answers. */
const STALE_MS = 60_000;

/** Looks at everything that is no count, whenever it is told to; a part that cannot be seen keeps what it had. */
export class Live {
  readonly #options: LiveOptions;
  readonly #readDead: () => Promise<ReadonlyMap<string, number>>;
  readonly #diagram: Pipeline | undefined;
  #diagramsAt = 0;
  state: LiveState = { queues: [], dead: new Map(), diagrams: null, models: [], retraining: null };

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#readDead = deadLetterReader(options.bus, options.names);
    this.#diagram = options.pipelines.find(({ name }) => name === "diagram");
  }

  /** Looks at everything once more. */
  refresh(): Promise<void> {
    const { bus, pipelines, onProblem } = this.#options;
    const retrain = pipelines.find(({ name }) => name === "retrain");
    return lookAtAll<LiveState>(
      [
        async () => ({
          queues: (await Promise.all(pipelines.map((pipeline) => readStageQueues(bus, pipeline)))).flat(),
        }),
        async () => ({ dead: await this.#readDead() }),
        async () => ({ models: await liveVersions(bus) }),
        () => this.#lookAtDiagrams(),
        async () => (retrain ? { retraining: await readRetraining(bus, retrain) } : {}),
      ],
      (seen) => {
        this.state = { ...this.state, ...seen };
      },
      onProblem,
    );
  }

  async #lookAtDiagrams(): Promise<Partial<LiveState>> {
    if (!this.#diagram) return {};
    try {
      const diagrams = await readDiagramStates(this.#options.bus, this.#diagram);
      this.#diagramsAt = Date.now();
      return { diagrams };
    } catch (error) {
      if (Date.now() - this.#diagramsAt > STALE_MS) this.state = { ...this.state, diagrams: null };
      throw error;
    }
  }
}
