import { type NatsConnection, NoRespondersError, RequestError, TimeoutError } from "@nats-io/nats-core";
import { PermanentError, RetryableError } from "#shared/errors";
import { type AnswerOf, ENDPOINTS, type EndpointName, type QueryInput } from "./endpoints.ts";

/** What gateway and CLI ask the tracker. Every call may throw `TRACKER_UNAVAILABLE`. */
export interface HistoryClient {
  listRuns(query?: QueryInput<"runs.list">): Promise<AnswerOf<"runs.list">>;
  /** @throws PermanentError `RUN_NOT_FOUND` */
  getRun(uid: string, pipeline?: string): Promise<AnswerOf<"runs.get">>;
  /** @throws PermanentError `RUN_NOT_FOUND` */
  timeline(uid: string, pipeline?: string): Promise<AnswerOf<"runs.timeline">>;
  /** Removes rows and KV entry of a run whose messages were purged, on every tracker. */
  forgetRun(uid: string, pipeline: string): Promise<AnswerOf<"runs.forget">>;
  /** @throws PermanentError `BAD_SEARCH`, `BAD_CURSOR` */
  listTasks(query?: QueryInput<"tasks.list">): Promise<AnswerOf<"tasks.list">>;
  /** @throws PermanentError `TASK_NOT_FOUND` */
  getTask(id: string): Promise<AnswerOf<"tasks.get">>;
  listWorkers(query?: QueryInput<"workers.list">): Promise<AnswerOf<"workers.list">>;
  listDead(query?: QueryInput<"dead.list">): Promise<AnswerOf<"dead.list">>;
  /** What people did. @throws PermanentError `BAD_CURSOR` */
  listAudit(query?: QueryInput<"audit.list">): Promise<AnswerOf<"audit.list">>;
  overview(query?: QueryInput<"overview">): Promise<AnswerOf<"overview">>;
  /** @throws PermanentError `PIPELINE_UNKNOWN` */
  account(pipeline?: string): Promise<AnswerOf<"account">>;
  status(): Promise<AnswerOf<"status">>;
}

/** Header that marks a failure (the NATS services protocol); its body holds our code and sentence. */
const ERROR_CODE = "Nats-Service-Error-Code";

/** Creates a typed client; does no I/O itself. @param options.timeoutMs how long one answer may take. */
export function historyClient(
  bus: { nc: NatsConnection },
  options: { timeoutMs?: number } = {},
): HistoryClient {
  const timeoutMs = options.timeoutMs ?? 5_000;

  async function ask<N extends EndpointName>(
    name: N,
    query: QueryInput<N>,
    timeout = timeoutMs,
  ): Promise<AnswerOf<N>> {
    const { subject } = ENDPOINTS[name];
    try {
      const reply = await bus.nc.request(subject, JSON.stringify(query), { timeout });
      const status = Number(reply.headers?.get(ERROR_CODE) || 0);
      if (status > 0) {
        const { code, message } = reply.json<{ code: string; message: string }>();
        throw status < 500 ? new PermanentError(code, message) : new RetryableError(code, message);
      }
      return reply.json<AnswerOf<N>>();
    } catch (error) {
      throw asUnavailable(error, name, timeout);
    }
  }

  return {
    listRuns: (query = {}) => ask("runs.list", query),
    getRun: (uid, pipeline) => ask("runs.get", { uid, pipeline }),
    timeline: (uid, pipeline) => ask("runs.timeline", { uid, pipeline }),
    forgetRun: (uid, pipeline) => ask("runs.forget", { uid, pipeline }),
    listTasks: (query = {}) => ask("tasks.list", query),
    getTask: (id) => ask("tasks.get", { id }),
    listWorkers: (query = {}) => ask("workers.list", query),
    listDead: (query = {}) => ask("dead.list", query),
    listAudit: (query = {}) => ask("audit.list", query),
    overview: (query = {}) => ask("overview", query),
    account: (pipeline = "diagram") => ask("account", { pipeline }, Math.max(timeoutMs, 30_000)),
    status: () => ask("status", {}),
  };
}

/** Nobody there and not in time are the same to a caller: the tracker cannot be asked now. */
function asUnavailable(error: unknown, name: string, timeoutMs: number): unknown {
  const silent =
    error instanceof NoRespondersError || (error instanceof RequestError && error.isNoResponders());
  if (silent)
    return new RetryableError(
      "TRACKER_UNAVAILABLE",
      `no tracker is running to answer "${name}": start one with "penstock up" or the tracker service`,
      { cause: error },
    );
  if (error instanceof TimeoutError)
    return new RetryableError(
      "TRACKER_UNAVAILABLE",
      `the tracker did not answer "${name}" within ${timeoutMs} ms`,
      { cause: error },
    );
  return error;
}
