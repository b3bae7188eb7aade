import type { Role } from "./role.ts";

const LOOKING = new Set(["GET", "HEAD", "OPTIONS"]);

/** Changes only an admin may make: settings, models, schedules, and what cannot be taken back. Method and path. */
const ADMINS: readonly RegExp[] = [
  /^PATCH \/api\/settings\//,
  /^PATCH \/api\/stages\/[^/]+\/settings$/,
  /^POST \/api\/stages\/[^/]+\/control\/(shutdown|rate-limit|time-limit|restart)$/,
  /^POST \/api\/workers\/[^/]+\/(shutdown|rate-limit|time-limit|restart)$/,
  /^POST \/api\/queues\/[^/]+\/purge$/,
  /^POST \/api\/dead\/([^/]+\/)?drop$/,
  /^DELETE \/api\/(diagrams|runs\/[^/]+)\/[^/]+$/,
  /^[A-Z]+ \/api\/models(\/|$)/,
  /^(PUT|DELETE) \/api\/schedules\//,
  /^POST \/api\/worker\/(shutdown|pool\/restart)\//,
  /^POST \/api\/task\/(timeout|rate-limit)\//,
];

/** The role a request needs. */
export function roleNeeded(method: string, path: string): Role {
  if (LOOKING.has(method)) return "viewer";
  const request = `${method} ${path}`;
  return ADMINS.some((each) => each.test(request)) ? "admin" : "operator";
}
