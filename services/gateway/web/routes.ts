import type { ComponentType } from "preact";
import { lazy } from "./router/lazy.tsx";
import type { PathParams } from "./router/match.ts";

/** What every page is given. */
export interface PageProps {
  params: PathParams;
}

export interface Route {
  path: string;
  /** Of the browser's tab. */
  title: string;
  /** Entry of the navigation that is lit. */
  section: string;
  page: ComponentType<PageProps>;
}

/** One page's code, fetched when it is first shown. */
const page = <M>(load: () => Promise<M>, name: keyof M) =>
  lazy<PageProps>(async () => (await load())[name] as ComponentType<PageProps>);

const sheet = () => import("./sheet/index.ts");

/** Every page of ours; the first that matches is shown. */
export const ROUTES: Route[] = [
  {
    path: "/",
    title: "Overview",
    section: "overview",
    page: page(() => import("./pages/overview/index.tsx"), "OverviewPage"),
  },
  { path: "/diagrams", title: "Diagrams", section: "diagrams", page: page(sheet, "DiagramsPage") },
  { path: "/diagrams/:uid", title: "Diagram", section: "diagrams", page: page(sheet, "DiagramPage") },
  {
    path: "/tasks",
    title: "Tasks",
    section: "tasks",
    page: page(() => import("./pages/tasks/index.tsx"), "TasksPage"),
  },
  {
    path: "/tasks/:id",
    title: "Task",
    section: "tasks",
    page: page(() => import("./pages/task/index.tsx"), "TaskPage"),
  },
  {
    path: "/workers",
    title: "Workers",
    section: "workers",
    page: page(() => import("./pages/workers/index.tsx"), "WorkersPage"),
  },
  {
    path: "/queues",
    title: "Queues",
    section: "queues",
    page: page(() => import("./pages/queues/index.tsx"), "QueuesPage"),
  },
  {
    path: "/dead",
    title: "Dead letters",
    section: "dead",
    page: page(() => import("./pages/dead/index.tsx"), "DeadPage"),
  },
  {
    path: "/retraining",
    title: "Retraining",
    section: "retraining",
    page: page(() => import("./pages/retraining/index.tsx"), "RetrainingPage"),
  },
  {
    path: "/schedules",
    title: "Schedules",
    section: "schedules",
    page: page(() => import("./pages/schedules/index.tsx"), "SchedulesPage"),
  },
  {
    path: "/settings",
    title: "Settings",
    section: "settings",
    page: page(() => import("./pages/settings/index.tsx"), "SettingsPage"),
  },
  {
    path: "/audit",
    title: "Audit",
    section: "audit",
    page: page(() => import("./pages/audit/index.tsx"), "AuditPage"),
  },
];
