import { type Bus, lastMessage } from "#shared/bus";
import { chaosPipeline } from "./pipeline.ts";

/** Where every accepted diagram is, and how often each result was stored; read from the stream's leader. */
export interface Sums {
  accepted: number;
  completed: number;
  waiting: number;
  error: number;
  /** Accepted but in no final or waiting state. */
  under_way: string[];
  /** Subjects with more than one message. */
  repeated: string[];
  deadLetters: number;
}

async function subjects(bus: Bus, stream: string, filter: string): Promise<Record<string, number>> {
  const info = await bus.jsm.streams.info(stream, { subjects_filter: filter });
  return info.state.subjects ?? {};
}

export async function sums(bus: Bus): Promise<Sums> {
  const all = await subjects(bus, chaosPipeline.stream, "diagram.>");
  const uids = new Set<string>();
  const types = new Map<string, Set<string>>();
  for (const subject of Object.keys(all)) {
    const [, event = "", uid] = subject.split(".");
    const type = `diagram.${event}`;
    // A bare upload gets its uid from the stream sequence; its first event shows it.
    if (uid === undefined) continue;
    uids.add(uid);
    types.set(uid, (types.get(uid) ?? new Set()).add(type));
  }
  const result: Sums = {
    accepted: uids.size,
    completed: 0,
    waiting: 0,
    error: 0,
    under_way: [],
    repeated: Object.entries(all)
      .filter(([subject, count]) => count > 1 && subject !== "diagram.uploaded")
      .map(([subject]) => subject),
    deadLetters: Object.values(await subjects(bus, "DEAD", "dead.>")).reduce((sum, count) => sum + count, 0),
  };
  for (const uid of uids) {
    const has = types.get(uid)!;
    if (has.has("diagram.completed")) result.completed++;
    else if (has.has("diagram.failed")) result.error++;
    else if ([...has].some((type) => chaosPipeline.messages[type]?.waits)) result.waiting++;
    else result.under_way.push(uid);
  }
  return result;
}

/** The error code a diagram ended with, or null. */
export const endedWith = (bus: Bus, uid: string) =>
  lastMessage(bus, chaosPipeline.stream, `diagram.failed.${uid}`);
