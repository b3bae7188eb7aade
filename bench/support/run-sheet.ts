import type { Bus } from "#shared/bus";
import type { TaskEvent } from "#shared/messages";
import { mintUid, submit } from "#shared/operate";
import { watchRuns } from "../../cli/watch/watch-run.ts";

/** One sheet on its way through every stage. */
export interface SheetRun {
  /** From handing the drawing in until its completion is heard of, ms. */
  wallMs: number;
  /** The last event of each task, in order of their ends. */
  succeeded: TaskEvent[];
  started: TaskEvent[];
}

/**
 * Hands in a drawing and waits until it is completed.
 * @throws Error when it ends otherwise
 */
export async function runSheet(bus: Bus, drawing: Uint8Array): Promise<SheetRun> {
  const uid = mintUid();
  const watch = watchRuns(bus);
  const events: TaskEvent[] = [];
  let wallMs = 0;
  const begun = performance.now();
  const outcome = watch.run(uid, {
    onTask: (event) => events.push(event),
    onState: ({ final }) => {
      if (final) wallMs = performance.now() - begun;
    },
  });
  try {
    await submit(bus, { bytes: drawing }, { uid });
    const { state, body } = await outcome;
    if (state !== "completed") throw new Error(`the sheet ended as ${state}: ${JSON.stringify(body)}`);
    const of = (kind: TaskEvent["kind"]) => events.filter((event) => event.kind === kind);
    return { wallMs, succeeded: of("succeeded"), started: of("started") };
  } finally {
    watch.close();
  }
}
