import { FatalError } from "#shared/errors";

/** The oldest nats-server that has what we build on: the message scheduler with cron, atomic batches. */
export const MIN_NATS_SERVER = "2.14.0";

/** The release we fetch when the machine has no server. */
export const FETCHED_NATS_SERVER = "2.15.1";

/** Major, minor and patch found in a text like `nats-server: v2.15.1` or `2.14.0-RC.3`. */
export function parseVersion(text: string): [number, number, number] | undefined {
  const found = /(\d+)\.(\d+)\.(\d+)/.exec(text);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3])] : undefined;
}

/** True when `version` is at least `minimum`; a version nobody can read is too old. */
export function isAtLeast(version: string, minimum: string = MIN_NATS_SERVER): boolean {
  const have = parseVersion(version);
  const want = parseVersion(minimum);
  if (!have || !want) return false;
  for (let i = 0; i < 3; i++) if (have[i] !== want[i]) return have[i]! > want[i]!;
  return true;
}

/** The one sentence a person reads about a server that is too old. `where` is a path or an address. */
export function tooOld(version: string, where: string): FatalError {
  return new FatalError(
    "NATS_SERVER_TOO_OLD",
    `nats-server ${version} at ${where} is too old: Penstock needs ${MIN_NATS_SERVER} or newer (message scheduler with cron).`,
  );
}

/** What a server says of itself when a client connects; a NATS client's `nc.info` fits. */
export interface ServerInfoLike {
  version: string;
  jetstream?: boolean;
  server_name?: string;
}

/**
 * Refuses a server that is too old. JetStream itself may live on other servers of a cluster than the one we reached.
 * @throws FatalError `NATS_SERVER_TOO_OLD`
 */
export function checkServerVersion(info: ServerInfoLike | undefined, where: string): void {
  if (!isAtLeast(info?.version ?? "")) throw tooOld(info?.version || "of unknown version", where);
}

/**
 * Refuses a server that Penstock cannot run on; call it with `nc.info` right after connecting.
 * @throws FatalError `NATS_SERVER_TOO_OLD`, or `NATS_NO_JETSTREAM` when the server runs without JetStream.
 */
export function checkServer(info: ServerInfoLike | undefined, where: string): void {
  checkServerVersion(info, where);
  if (info?.jetstream !== true)
    throw new FatalError(
      "NATS_NO_JETSTREAM",
      `nats-server ${info?.version} at ${where} runs without JetStream: start it with -js or a jetstream block in its configuration.`,
    );
}
