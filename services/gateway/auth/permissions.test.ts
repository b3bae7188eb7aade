import { expect, test } from "vitest";
import { roleNeeded } from "./permissions.ts";

test("who looks needs to be a viewer, whatever it is", () => {
  for (const path of ["/api/settings", "/api/models", "/api/dead/3", "/api/audit"])
    expect(roleNeeded("GET", path)).toBe("viewer");
});

test("operators act on diagrams, tasks, queues and letters", () => {
  for (const request of [
    "POST /api/diagrams",
    "POST /api/diagrams/a/retry",
    "POST /api/tasks/detect.a/revoke",
    "POST /api/tasks/bulk",
    "POST /api/queues/gpu/pause",
    "POST /api/dead/3/redrive",
    "POST /api/workers/w/grow",
    "POST /api/retrain",
    "POST /api/schedules/nightly/run",
    "DELETE /api/diagrams/a/draft/graph",
    "POST /api/task/revoke/detect.a",
  ])
    expect([request, roleNeeded(...(request.split(" ") as [string, string]))]).toEqual([request, "operator"]);
});

test("admins change settings, models and schedules, and do what cannot be undone", () => {
  for (const request of [
    "PATCH /api/settings/detect",
    "PATCH /api/stages/detect/settings",
    "POST /api/models/detector/promote",
    "POST /api/models/detector",
    "PUT /api/schedules/nightly",
    "DELETE /api/schedules/nightly",
    "POST /api/queues/gpu/purge",
    "POST /api/dead/drop",
    "POST /api/dead/3/drop",
    "DELETE /api/diagrams/a",
    "DELETE /api/runs/retrain/a",
    "POST /api/workers/w/shutdown",
    "POST /api/worker/shutdown/w",
    "POST /api/task/rate-limit/detect",
    "POST /api/stages/detect/control/shutdown",
  ])
    expect([request, roleNeeded(...(request.split(" ") as [string, string]))]).toEqual([request, "admin"]);
});
