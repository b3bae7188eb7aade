import { FatalError } from "#shared/errors";

/** How to run an embedded nats-server. */
export interface NatsServerOptions {
  /** Folder of this server alone: JetStream's store, its log, its generated configuration. Made when absent. */
  storeDir: string;
  /** Client port on loopback; 0 takes a free one, and keeps it over restarts. @default 0 */
  port?: number;
  /** Monitoring port on loopback (`/varz`, `/jsz`); 0 takes a free one. @default none */
  monitorPort?: number;
  /** Executable to run. @default what ensureNatsServer finds or fetches */
  binary?: string;
  /** JetStream's limit for memory streams, in MB. @default 256 */
  maxMemoryMb?: number;
  /**
   * JetStream's limit for stored data, in MB. Streams reserve their largest size of it, and the server's own choice (three
   * quarters of what the disk has free) would refuse to start on a disk with less room than they may ever take.
   * @default 1048576
   */
  maxFileMb?: number;
  /** Largest message, in bytes. @default 1048576 */
  maxPayloadBytes?: number;
  /** Sync every write to disk, so that acknowledged messages survive power loss. @default false */
  syncAlways?: boolean;
  /** Soft limit of the Go heap (GOMEMLIMIT): garbage is collected harder near it. In MB. @default 64 */
  memoryLimitMb?: number;
  /** @default "<storeDir>/nats-server.log" */
  logFile?: string;
  /** More configuration: a file that is included, or text. Ours wins where both set a key. */
  config?: { path: string } | { text: string };
  /** More environment for the server, such as the passwords that the configuration names. */
  env?: Record<string, string>;
  /** Start it again, on the same port, when it ends by itself. @default true */
  supervise?: boolean;
  /** First wait before such a restart, in ms; doubled up to 5 s while it keeps failing. @default 100 */
  restartDelayMs?: number;
  /** How long a start may take, recovery of the store included, in ms. @default 30000 */
  startTimeoutMs?: number;
  /** Told of every end and restart. */
  onEvent?: (event: NatsServerEvent) => void;
}

/** What happened to the process. */
export type NatsServerEvent =
  | { type: "exited"; pid: number; code: number | null; signal: string | null; expected: boolean }
  | { type: "restarted"; pid: number }
  | { type: "restart-failed"; message: string; nextInMs: number };

/** Every option with a value, but for those whose absence means something. */
export type ResolvedOptions = Required<
  Omit<NatsServerOptions, "monitorPort" | "config" | "binary" | "onEvent">
> &
  Pick<NatsServerOptions, "monitorPort" | "config" | "onEvent"> & { binary: string };

/** Fills in the defaults. */
export function resolveOptions(options: NatsServerOptions, binary: string): ResolvedOptions {
  if (!options.storeDir)
    throw new FatalError(
      "NATS_STORE_DIR",
      "The embedded nats-server needs a store folder of its own: storeDir is empty.",
    );
  return {
    port: 0,
    maxMemoryMb: 256,
    maxFileMb: 1_048_576,
    maxPayloadBytes: 1_048_576,
    syncAlways: false,
    memoryLimitMb: 64,
    logFile: `${options.storeDir}/nats-server.log`,
    env: {},
    supervise: true,
    restartDelayMs: 100,
    startTimeoutMs: 30_000,
    ...options,
    binary,
  };
}
