import { type ConsumerMessages, DeliverPolicy } from "@nats-io/jetstream";
import { type Bus, generationOf } from "#shared/bus";
import type { Pipeline, Stage } from "#shared/pipeline";

/** What has ended: a run that a person revoked, or parts whose run or whose own fate is decided. */
export interface Ended {
  run: string;
  /** Absent when the whole run is meant. */
  part?: string;
  generation: number;
  /** True when only parts end by it: the run itself goes on, or ends by its own message. */
  partsOnly: boolean;
  why: string;
}

/** Which runs of a pipeline a person has ended, and which parts need not go on, kept current from the stream. */
export interface Revocations {
  /** True when this generation of the run, or a later one, was revoked; or, of a part, is decided without it. */
  has(run: string, generation: number, part?: string): boolean;
  onRevoke(listener: (ended: Ended) => void): void;
  close(): Promise<void>;
}

/** Ends of parts that are remembered: those that matter are of runs under way. */
const REMEMBERED = 10_000;

/**
 * Reads every revoked event of the pipeline, then follows. Of a pipeline with joins it also follows, from now on, what
 * makes parts needless: a join that fired, a run that failed, a part that was given up. Resolves when the past is known.
 */
export async function watchRevocations(bus: Bus, pipeline: Pipeline): Promise<Revocations> {
  const revoked = new Map<string, number>();
  const needless = new Map<string, number>();
  const listeners = new Set<(ended: Ended) => void>();
  const readers: ConsumerMessages[] = [];
  const tell = (ended: Ended) => {
    const key = ended.part === undefined ? ended.run : `${ended.run}.${ended.part}`;
    const known = ended.partsOnly ? needless : revoked;
    if (ended.generation >= (known.get(key) ?? -1)) known.set(key, ended.generation);
    if (needless.size > REMEMBERED) needless.delete(needless.keys().next().value!);
    for (const listener of listeners) listener(ended);
  };
  const read = async (
    subject: string,
    policy: DeliverPolicy,
    on: (tokens: string[], generation: number) => void,
  ) => {
    const consumer = await bus.js.consumers.get(pipeline.stream, {
      // As a string: then the filter and a name are in the request's subject, where permissions can see them.
      filter_subjects: subject,
      deliver_policy: policy,
    });
    const type = subject.replace(/(\.\*)+$/, "");
    const callback = (message: { subject: string; headers?: Parameters<typeof generationOf>[0] }) =>
      on(message.subject.slice(type.length + 1).split("."), generationOf(message.headers));
    readers.push(await consumer.consume({ max_messages: 500, callback }));
  };

  const subject = `${pipeline.revoked}.*`;
  const info = await bus.jsm.streams.info(pipeline.stream, { subjects_filter: subject });
  let missing = Object.keys(info.state.subjects ?? {}).length;
  let caughtUp: () => void = () => {};
  const past = new Promise<void>((resolve) => {
    caughtUp = resolve;
  });
  if (missing === 0) caughtUp();
  await read(subject, DeliverPolicy.LastPerSubject, ([run = ""], generation) => {
    tell({ run, generation, partsOnly: false, why: "the run was revoked" });
    if (--missing === 0) caughtUp();
  });
  for (const { join, gives } of Object.values<Stage>(pipeline.stages)) {
    if (!join) continue;
    const partsOnly = true;
    await read(`${gives[0]}.*`, DeliverPolicy.New, ([run = ""], generation) =>
      tell({ run, generation, partsOnly, why: "the join has fired without it" }),
    );
    await read(`${pipeline.failed}.*`, DeliverPolicy.New, ([run = ""], generation) =>
      tell({ run, generation, partsOnly, why: "the run has failed" }),
    );
    await read(`${join.lost}.*.*`, DeliverPolicy.New, ([run = "", part = ""], generation) =>
      tell({ run, part, generation, partsOnly, why: "the part was given up" }),
    );
  }
  await Promise.race([past, new Promise((resolve) => setTimeout(resolve, 5_000))]);
  return {
    has(run, generation, part) {
      if ((revoked.get(run) ?? -1) >= generation) return true;
      if (part === undefined) return false;
      return (needless.get(run) ?? -1) >= generation || (needless.get(`${run}.${part}`) ?? -1) >= generation;
    },
    onRevoke: (listener) => listeners.add(listener),
    close: async () => {
      await Promise.all(readers.map((reader) => reader.close()));
    },
  };
}
