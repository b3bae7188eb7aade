/**
 * Every path of the gateway that the pages call. Lists of tasks and workers lie under `/api/v1`: `/api/tasks` and
 * `/api/workers` answer in Flower's shape.
 */
const part = encodeURIComponent;

const run = (pipeline: string, uid: string) =>
  pipeline === "diagram" ? `/api/diagrams/${part(uid)}` : `/api/runs/${part(pipeline)}/${part(uid)}`;

export const paths = {
  session: "/api/session",
  pipeline: "/api/pipeline",
  overview: "/api/overview",
  events: "/api/events",
  ready: "/readyz",
  docs: "/api/docs",
  openapi: "/api/openapi.json",

  tasks: "/api/v1/tasks",
  task: (id: string) => `/api/tasks/${part(id)}`,
  taskInput: (id: string) => `/api/tasks/${part(id)}/input`,
  retryTask: (id: string) => `/api/tasks/${part(id)}/retry`,
  revokeTask: (id: string) => `/api/tasks/${part(id)}/revoke`,
  bulkTasks: "/api/tasks/bulk",

  diagrams: "/api/diagrams",
  runs: "/api/runs",
  run,
  timeline: (pipeline: string, uid: string) => `${run(pipeline, uid)}/timeline`,

  workers: "/api/v1/workers",
  worker: (worker: string, verb: string) => `/api/workers/${part(worker)}/${verb}`,
  control: (stage: string, verb: string) => `/api/stages/${part(stage)}/control/${part(verb)}`,

  queues: "/api/queues",
  queue: (name: string, verb: "pause" | "resume" | "purge") => `/api/queues/${part(name)}/${verb}`,

  dead: "/api/dead",
  deadLetter: (seq: number) => `/api/dead/${seq}`,
  redrive: (seq: number) => `/api/dead/${seq}/redrive`,
  drop: (seq: number) => `/api/dead/${seq}/drop`,
  redriveAll: "/api/dead/redrive",
  dropAll: "/api/dead/drop",

  retrain: "/api/retrain",
  retrainRuns: "/api/retrain/runs",
  models: "/api/models",
  promote: (model: string) => `/api/models/${part(model)}/promote`,
  rollback: (model: string) => `/api/models/${part(model)}/rollback`,

  schedules: "/api/schedules",
  schedule: (name: string) => `/api/schedules/${part(name)}`,
  runSchedule: (name: string) => `/api/schedules/${part(name)}/run`,

  settings: "/api/settings",
  stageSettings: (stage: string) => `/api/settings/${part(stage)}`,
  audit: "/api/audit",
} as const;
