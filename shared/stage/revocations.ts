import { DeliverPolicy } from "@nats-io/jetstream";
import { type Bus, generationOf } from "#shared/bus";
import type { Pipeline } from "#shared/pipeline";

/** Which runs of a pipeline a person has ended, kept current from the stream. */
export interface Revocations {
  /** True when this generation of the run, or a later one, was revoked. */
  has(run: string, generation: number): boolean;
  onRevoke(listener: (run: string, generation: number) => void): void;
  close(): Promise<void>;
}

/** Reads every revoked event of the pipeline, then follows. Resolves when the past is known. */
export async function watchRevocations(bus: Bus, pipeline: Pipeline): Promise<Revocations> {
  const revoked = new Map<string, number>();
  const listeners = new Set<(run: string, generation: number) => void>();
  const subject = `${pipeline.revoked}.*`;
  const info = await bus.jsm.streams.info(pipeline.stream, { subjects_filter: subject });
  let missing = Object.keys(info.state.subjects ?? {}).length;
  let caughtUp: () => void = () => {};
  const past = new Promise<void>((resolve) => {
    caughtUp = resolve;
  });
  if (missing === 0) caughtUp();
  const consumer = await bus.js.consumers.get(pipeline.stream, {
    // As a string: then the filter and a name are in the request's subject, where permissions can see them.
    filter_subjects: subject,
    deliver_policy: DeliverPolicy.LastPerSubject,
  });
  const messages = await consumer.consume({
    max_messages: 500,
    callback(message) {
      const run = message.subject.slice(pipeline.revoked.length + 1);
      const generation = generationOf(message.headers);
      if (generation >= (revoked.get(run) ?? -1)) revoked.set(run, generation);
      for (const listener of listeners) listener(run, generation);
      if (--missing === 0) caughtUp();
    },
  });
  await Promise.race([past, new Promise((resolve) => setTimeout(resolve, 5_000))]);
  return {
    has: (run, generation) => (revoked.get(run) ?? -1) >= generation,
    onRevoke: (listener) => listeners.add(listener),
    close: async () => {
      await messages.close();
    },
  };
}
