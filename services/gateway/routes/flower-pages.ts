import type { App } from "../context.ts";
import { HttpProblem } from "../http/problem.ts";

/** Addresses of Flower's pages, as they stand in bookmarks, chat messages and alert templates, lead to the pages of ours. */
export function flowerPages(app: Pick<App, "get">): void {
  app.get("/task/:id", (c) => c.redirect(`/tasks/${encodeURIComponent(c.req.param("id"))}`));
  app.get("/worker/:name", (c) => c.redirect(`/tasks?worker=${encodeURIComponent(c.req.param("name"))}`));
  app.get("/broker", (c) => c.redirect("/queues"));
  app.get("/dashboard", (c) => c.redirect("/"));
  app.get("/metrics", () => {
    throw new HttpProblem(
      404,
      "METRICS_ELSEWHERE",
      'metrics are served by the exporter, on port 9808 unless set otherwise: "penstock up --exporter" starts it',
    );
  });
}
