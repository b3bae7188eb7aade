import { type Bus, Header } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { WorkerBeat } from "#shared/messages";
import { scan } from "#shared/operate";

/** The last sign of life of every worker the stream remembers, and when it was stored (ms). */
export async function* lastBeats(bus: Bus): AsyncGenerator<{ beat: WorkerBeat; at: number }, void> {
  for await (const message of scan(bus, "TASKS", { filters: ["task.worker.*"] })) {
    const type = message.headers?.get(Header.contentType) || undefined;
    const beat = WorkerBeat.safeParse(readable(message.data, type)).data;
    if (beat) yield { beat, at: Number(message.timestampNanos / 1_000_000n) };
  }
}

function readable(data: Uint8Array, contentType: string | undefined): unknown {
  try {
    return decodeBody(data, contentType);
  } catch {
    return null;
  }
}
