import { readFileSync } from "node:fs";
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import type { Codec } from "#shared/codec";
import type { CommonConfig } from "#shared/config";
import { FatalError } from "#shared/errors";
import { checkServerVersion } from "#shared/nats-server";
import { Requests } from "./requests.ts";

export interface BusOptions {
  /** Server addresses, comma-separated. @default "nats://127.0.0.1:4222" */
  url?: string;
  /** Shown by `nats server report connections`. */
  name: string;
  user?: string;
  pass?: string;
  token?: string;
  caFile?: string;
  /** @default "msgpack" */
  codec?: Codec;
  /** Give up connecting after this; 0 tries for ever. @default 30000 */
  connectTimeoutMs?: number;
}

/** A connection to NATS with JetStream. */
export interface Bus extends AsyncDisposable {
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly requests: Requests;
  readonly codec: Codec;
  readonly url: string;
  /** Inboxes of this connection begin with it. */
  readonly inboxPrefix: string;
  close(): Promise<void>;
}

/** What {@link connectBus} needs, from the common configuration. */
export function busOptions(config: CommonConfig, name: string): BusOptions {
  const options: BusOptions = { url: config.natsUrl, name, codec: config.penstockCodec };
  if (config.natsUser !== undefined) options.user = config.natsUser;
  if (config.natsPassword !== undefined) options.pass = config.natsPassword;
  if (config.natsToken !== undefined) options.token = config.natsToken;
  if (config.natsCaFile !== undefined) options.caFile = config.natsCaFile;
  return options;
}

/**
 * Connects, checks the server's version, and reconnects for ever after that.
 * @throws FatalError `NATS_SERVER_TOO_OLD`, `NATS_UNREACHABLE`, `NATS_REFUSED` (credentials)
 */
export async function connectBus(options: BusOptions): Promise<Bus> {
  const url = options.url ?? "nats://127.0.0.1:4222";
  const limit = options.connectTimeoutMs ?? 30_000;
  const deadline = limit === 0 ? Number.POSITIVE_INFINITY : Date.now() + limit;
  // A user may only subscribe below its own inbox (nats.conf).
  const inboxPrefix = options.user ? `_INBOX_${options.user}` : "_INBOX";
  let nc: NatsConnection;
  for (;;) {
    try {
      nc = await connect({
        servers: url.split(",").map((server) => server.trim()),
        name: options.name,
        ...(options.user !== undefined ? { user: options.user, pass: options.pass } : {}),
        ...(options.token !== undefined ? { token: options.token } : {}),
        ...(options.caFile !== undefined ? { tls: { ca: readFileSync(options.caFile, "utf8") } } : {}),
        inboxPrefix,
        maxReconnectAttempts: -1,
        reconnectTimeWait: 250,
        reconnectJitter: 250,
        timeout: 5_000,
        pingInterval: 15_000,
        maxPingOut: 2,
        ignoreAuthErrorAbort: true,
      });
      break;
    } catch (cause) {
      const message = (cause as Error).message;
      if (/authorization|authentication/i.test(message))
        throw new FatalError("NATS_REFUSED", `NATS at ${url} refuses the credentials: ${message}`, { cause });
      if (Date.now() >= deadline)
        throw new FatalError("NATS_UNREACHABLE", `NATS at ${url} cannot be reached: ${message}`, { cause });
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
  try {
    checkServerVersion(nc.info, url);
  } catch (error) {
    await nc.close();
    throw error;
  }
  const js = jetstream(nc, { timeout: 5_000 });
  const jsm = await jetstreamManager(nc, { checkAPI: false, timeout: 5_000 });
  let closing: Promise<void> | undefined;
  const requests = new Requests(nc, inboxPrefix);
  const close = () => {
    closing ??= nc.isClosed() ? Promise.resolve() : nc.drain().catch(() => nc.close());
    return closing.finally(() => requests.close());
  };
  const codec = options.codec ?? "msgpack";
  return { nc, js, jsm, requests, codec, url, inboxPrefix, close, [Symbol.asyncDispose]: close };
}
