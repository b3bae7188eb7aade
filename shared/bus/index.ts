export { type Actor, type AuditEntry, audit, signed } from "./audit.ts";
export {
  type Bus,
  type BusOptions,
  busOptions,
  connectBus,
} from "./connect.ts";
export { ApiCode, apiCode, LostRace } from "./errors.ts";
export { type Follower, type FollowOptions, followStream } from "./follow-stream.ts";
export { DeadHeader, generationOf, Header, headerText, toHeaders } from "./headers.ts";
export { objectChunks } from "./object-chunks.ts";
export {
  addressOf,
  type PipelineMessage,
  publishMessage,
  publishRaw,
  type RawMessage,
  type StoredAt,
  toRaw,
} from "./publish.ts";
export { publishBatch } from "./publish-batch.ts";
export { lastMessage, messageAt, type StoredMessage } from "./read.ts";
export { readSchedule, readSchedules, ScheduleRecord, storeSchedule } from "./schedule-records.ts";
export { publishTimer, SCHEDULES_STREAM, ScheduleHeader, scheduledSubject } from "./schedules.ts";
export { openKv, openObjects } from "./stores.ts";
export {
  checkTopology,
  consumerConfig,
  HANDOVER_ROOM,
  KV_BUCKETS,
  type KvBucket,
  OBJECT_STORES,
  type ObjectBucket,
  reconcileTopology,
  streamConfigs,
  type TopologyOptions,
} from "./topology.ts";
export { untilAnswered } from "./until-answered.ts";
