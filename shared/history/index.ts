export type {
  AuditMessage,
  BeatMessage,
  DeadMessage,
  OtherMessage,
  RunMessage,
  StreamRecord,
  TasksMessage,
} from "./apply/record.ts";
export { placeOf } from "./apply/run-place.ts";
export { taskId } from "./apply/task.ts";
export { type HistoryClient, historyClient } from "./client.ts";
export {
  type AnswerOf,
  ENDPOINTS,
  type Endpoint,
  type EndpointName,
  type QueryInput,
  type QueryOf,
} from "./endpoints.ts";
export { type History, openHistory } from "./open-history.ts";
export type { Retention } from "./retention.ts";
export * from "./schemas/index.ts";
