import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import { ZodError } from "zod";
import { type App, type Env, type Gateway, refuseInvalid } from "./context.ts";
import { HttpProblem, problemResponse, toProblem } from "./http/problem.ts";
import { guard, securityHeaders } from "./http/security.ts";
import { strictUtf8 } from "./http/strict-utf8.ts";
import { actOnDiagrams } from "./routes/act-on-diagrams.ts";
import { artifacts } from "./routes/artifacts.ts";
import { auditTrail } from "./routes/audit.ts";
import { bulk } from "./routes/bulk.ts";
import { deadLetters } from "./routes/dead.ts";
import { docs } from "./routes/docs.ts";
import { drafts } from "./routes/drafts.ts";
import { events } from "./routes/events.ts";
import { flowerControl } from "./routes/flower-control.ts";
import { flowerPages } from "./routes/flower-pages.ts";
import { flowerStart } from "./routes/flower-start.ts";
import { flowerTasks } from "./routes/flower-tasks.ts";
import { flowerWorkers } from "./routes/flower-workers.ts";
import { health } from "./routes/health.ts";
import { models } from "./routes/models.ts";
import { pipelineRoutes } from "./routes/pipeline.ts";
import { queues } from "./routes/queues.ts";
import { readDiagrams } from "./routes/read-diagrams.ts";
import { retraining } from "./routes/retrain.ts";
import { review } from "./routes/review.ts";
import { runs } from "./routes/runs.ts";
import { schedules } from "./routes/schedules.ts";
import { session } from "./routes/session.ts";
import { settings } from "./routes/settings.ts";
import { submitDiagram } from "./routes/submit-diagram.ts";
import { suggestions } from "./routes/suggestions.ts";
import { tasks } from "./routes/tasks.ts";
import { thumbnail } from "./routes/thumbnail.ts";
import { tiles } from "./routes/tiles.ts";
import { workerControl } from "./routes/worker-control.ts";
import { workers } from "./routes/workers.ts";
import { staticFiles } from "./static-files.ts";

/** Largest JSON body of an ordinary request, in bytes. */
const JSON_MAX_BYTES = 1024 * 1024;

/** The whole HTTP interface; opens no socket, so that tests call it as it is. */
export function createApp(gateway: Gateway): App {
  const app: App = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });
  app.use(requestId());
  app.use(securityHeaders);
  app.use(guard(gateway.access));
  app.use("/api/*", smallJson());
  app.use("/api/*", strictUtf8);
  for (const routes of [
    submitDiagram,
    readDiagrams,
    artifacts,
    thumbnail,
    tiles,
    drafts,
    actOnDiagrams,
    review,
    suggestions,
    runs,
    tasks,
    bulk,
    workers,
    workerControl,
    settings,
    queues,
    schedules,
    retraining,
    deadLetters,
    pipelineRoutes,
    models,
    events,
    flowerTasks,
    flowerStart,
    flowerWorkers,
    flowerControl,
    auditTrail,
    session,
    health,
    docs,
  ])
    routes(app, gateway);
  flowerPages(app);
  staticFiles(app);

  app.notFound((c) =>
    problemResponse(c, {
      status: 404,
      code: "NO_SUCH_PATH",
      detail: `there is nothing at ${c.req.path.slice(0, 200)}`,
    }),
  );
  app.onError((error, c) => {
    if (error instanceof ZodError) {
      const detail = error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
      const code = error.issues.some((issue) => issue.path[0] === "uid") ? "BAD_UID" : "BAD_REQUEST";
      return problemResponse(c, { status: 400, code, detail });
    }
    const problem = toProblem(error);
    if (!problem.known)
      gateway.log.error(
        { requestId: c.get("requestId"), path: c.req.path, error: error.stack },
        error.message,
      );
    return problemResponse(c, problem);
  });
  return app;
}

/** Bounds every body but those that are streamed or bounded by their own routes. */
function smallJson() {
  const limit = bodyLimit({
    maxSize: JSON_MAX_BYTES,
    onError: () => {
      throw new HttpProblem(
        413,
        "BODY_TOO_LARGE",
        `the body has more than ${JSON_MAX_BYTES} bytes, which is the limit`,
      );
    },
  });
  return ((c, next) => {
    const own =
      c.req.path === "/api/diagrams" ||
      /\/(approve|draft)\//.test(c.req.path) ||
      /^\/api\/models\/[^/]+$/.test(c.req.path);
    return own ? next() : limit(c, next);
  }) satisfies typeof limit;
}
