import type { KV } from "@nats-io/kv";
import type { History } from "#shared/history";

/**
 * Takes entries out of KV bucket `runs` whose run no stream knows any more: after the tables were built anew, when they
 * tell everything there is. Returns how many went.
 */
export async function sweepEntries(history: History, kv: KV): Promise<number> {
  let gone = 0;
  for await (const uid of await kv.keys()) {
    const known = history.knowsRun(uid);
    if (known) continue;
    await kv.delete(uid);
    gone++;
  }
  return gone;
}
