export { Account, AccountQuery } from "./account.ts";
export { AuditPage, AuditQuery, AuditRecord } from "./audit.ts";
export { DeadLetter, DeadPage, DeadQuery } from "./dead.ts";
export { Overview, OverviewQuery, StageOverview } from "./overview.ts";
export {
  ForgetQuery,
  Forgotten,
  RunDetail,
  RunEntry,
  RunError,
  RunPart,
  RunQuery,
  RunSummary,
  RunsPage,
  RunsQuery,
} from "./runs.ts";
export { StatusQuery, TrackerStatus } from "./status.ts";
export {
  Attempt,
  AttemptOutcome,
  FINISHED_STATES,
  TaskDetail,
  TaskQuery,
  TaskSort,
  TaskState,
  TaskSummary,
  TasksPage,
  TasksQuery,
} from "./tasks.ts";
export { Timeline, TimelineEvent } from "./timeline.ts";
export { WorkerRow, WorkersAnswer, WorkersQuery } from "./workers.ts";
