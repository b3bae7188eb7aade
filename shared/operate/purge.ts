import type { Bus } from "#shared/bus";
import { type Actor, audit, signed } from "./audit.ts";
import { pipelineNamed } from "./pipelines.ts";
import { stagesNamed, streamOf } from "./queues.ts";
import { Refusal } from "./refusal.ts";
import { revoke } from "./revoke.ts";
import { scan } from "./scan.ts";

/**
 * Empties a stage's or a queue's backlog: every run whose message nobody has taken yet is revoked. The messages stay
 * in the stream, so the history still adds up.
 * @returns the runs revoked
 */
export async function purge(bus: Bus, name: string, options: Actor): Promise<string[]> {
  const revoked: string[] = [];
  for (const stage of stagesNamed(name)) {
    const info = await bus.jsm.consumers.info(streamOf(stage), stage.name);
    if (info.num_pending === 0) continue;
    const waiting = scan(bus, streamOf(stage), {
      filters: [...stage.filters],
      fromSeq: info.delivered.stream_seq + 1,
      headersOnly: true,
    });
    for await (const message of waiting) {
      const uid = message.subject.split(".")[2];
      if (uid === undefined) continue;
      try {
        const pipeline = pipelineNamed(stage.pipeline);
        await revoke(bus, uid, { ...options, pipeline, reason: options.reason ?? `purged from ${name}` });
        revoked.push(uid);
      } catch (error) {
        // Finished in the meantime: nothing is left to purge.
        if (!(error instanceof Refusal)) throw error;
      }
    }
  }
  await audit(bus, {
    action: "purge",
    target: name,
    ...signed(options),
    details: { revoked: revoked.length },
  });
  return revoked;
}
