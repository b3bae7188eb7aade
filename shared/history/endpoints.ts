import type { z } from "zod";
import {
  Account,
  AccountQuery,
  AuditPage,
  AuditQuery,
  DeadPage,
  DeadQuery,
  ForgetQuery,
  Forgotten,
  Overview,
  OverviewQuery,
  RunDetail,
  RunQuery,
  RunsPage,
  RunsQuery,
  StatusQuery,
  TaskDetail,
  TaskQuery,
  TasksPage,
  TasksQuery,
  Timeline,
  TrackerStatus,
  WorkersAnswer,
  WorkersQuery,
} from "./schemas/index.ts";

/** One question the tracker answers: JSON in, JSON out, on one NATS subject. */
export interface Endpoint<Q extends z.ZodType = z.ZodType, A extends z.ZodType = z.ZodType> {
  subject: string;
  query: Q;
  answer: A;
}

function endpoint<Q extends z.ZodType, A extends z.ZodType>(
  name: string,
  query: Q,
  answer: A,
): Endpoint<Q, A> {
  return { subject: `penstock.history.${name}`, query, answer };
}

/** Every question, by name; subjects are `penstock.history.<name>`. */
export const ENDPOINTS = {
  "runs.list": endpoint("runs.list", RunsQuery, RunsPage),
  "runs.get": endpoint("runs.get", RunQuery, RunDetail),
  "runs.timeline": endpoint("runs.timeline", RunQuery, Timeline),
  "runs.forget": endpoint("runs.forget", ForgetQuery, Forgotten),
  "tasks.list": endpoint("tasks.list", TasksQuery, TasksPage),
  "tasks.get": endpoint("tasks.get", TaskQuery, TaskDetail),
  "workers.list": endpoint("workers.list", WorkersQuery, WorkersAnswer),
  "dead.list": endpoint("dead.list", DeadQuery, DeadPage),
  "audit.list": endpoint("audit.list", AuditQuery, AuditPage),
  overview: endpoint("overview", OverviewQuery, Overview),
  account: endpoint("account", AccountQuery, Account),
  status: endpoint("status", StatusQuery, TrackerStatus),
} as const;

export type EndpointName = keyof typeof ENDPOINTS;
/** What a caller may write: defaults may be left out. */
export type QueryInput<N extends EndpointName> = z.input<(typeof ENDPOINTS)[N]["query"]>;
/** A query with every default filled in. */
export type QueryOf<N extends EndpointName> = z.output<(typeof ENDPOINTS)[N]["query"]>;
export type AnswerOf<N extends EndpointName> = z.output<(typeof ENDPOINTS)[N]["answer"]>;
