export { type EnsureOptions, ensureNatsServer } from "./ensure.ts";
export { binaryVersion, type FindResult, findNatsServer, type NatsServerBinary } from "./find.ts";
export { penstockHome } from "./home.ts";
export type { NatsServerEvent, NatsServerOptions } from "./options.ts";
export { probe } from "./probe.ts";
export { type NatsServer, startNatsServer } from "./start.ts";
export {
  checkServer,
  checkServerVersion,
  isAtLeast,
  MIN_NATS_SERVER,
  type ServerInfoLike,
} from "./version.ts";
