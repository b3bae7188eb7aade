export { type HistoryClient, historyClient } from "./client.ts";
export {
  type AnswerOf,
  ENDPOINTS,
  type Endpoint,
  type EndpointName,
  type QueryInput,
  type QueryOf,
} from "./endpoints.ts";
export * from "./schemas/index.ts";
