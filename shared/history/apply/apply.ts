import type { Pipeline } from "#shared/pipeline";
import type { Database } from "../sql/database.ts";
import { applyDeadLetter } from "./dead-letter.ts";
import type { StreamRecord } from "./record.ts";
import { applyRunMessage } from "./run-message.ts";
import { Tallies } from "./tallies.ts";
import { indexTexts } from "./task-body.ts";
import { applyTaskEvent, type Gathered } from "./task-event.ts";
import { applyBeat } from "./worker-beat.ts";

/**
 * Applies a batch in one transaction, together with how far its streams were read. A record at or below that place was
 * applied before and changes nothing, so a batch may be given again, whole or in part, after any crash.
 */
export function applyBatch(
  db: Database,
  pipelines: readonly Pipeline[],
  records: readonly StreamRecord[],
): void {
  db.transaction(() => {
    const gathered: Gathered = { tallies: new Tallies(), texts: new Set() };
    const places = new Map<string, number>();
    for (const { stream, seq, message } of records) {
      const place = places.get(stream) ?? placeIn(db, stream);
      if (seq <= place) continue;
      places.set(stream, seq);
      if (message.kind === "run") applyRunMessage(db, seq, message, gathered);
      else if (message.kind === "tasks")
        for (const event of message.events) applyTaskEvent(db, event, gathered);
      else if (message.kind === "beat") applyBeat(db, message.beat);
      else if (message.kind === "dead") {
        const { letter } = message;
        const pipeline = pipelines.find(({ name }) => name === letter.pipeline);
        applyDeadLetter(db, letter, pipeline, gathered);
      }
    }
    indexTexts(db, gathered.texts);
    gathered.tallies.flush(db);
    for (const [stream, seq] of places)
      db.run(
        "INSERT INTO streams VALUES (?, 0, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq",
        stream,
        seq,
      );
  });
}

/** Sequence of the last message applied from a stream; 0 when none was. */
export function placeIn(db: Database, stream: string): number {
  return (db.get("SELECT seq FROM streams WHERE stream = ?", stream)?.seq as number | undefined) ?? 0;
}
