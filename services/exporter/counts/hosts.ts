import type { Counts } from "./counts.ts";

/** Hosts and workers nothing was heard of for this long are dropped. */
export const FORGET_MS = 600_000;

/** Notes a sign of life of a host at the time of the last message. */
export function sawHost(counts: Counts, host: string): void {
  const known = counts.hosts?.[host];
  if (known) known.seenAt = counts.lastEventAt;
}

/** Drops hosts that were silent too long by the time of the last message, so that every reader of the stream drops the same. */
export function dropSilentHosts(counts: Counts): void {
  const { hosts, lastEventAt } = counts;
  if (!hosts) return;
  for (const [host, { seenAt }] of Object.entries(hosts))
    if (lastEventAt - seenAt > FORGET_MS) delete hosts[host];
}

/** A host name that is fit for a label. */
export const hostLabel = (host: string): string => (/^[\w.:-]{1,100}$/.test(host) ? host : "unknown");
