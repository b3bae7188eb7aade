import { api } from "./api.js";
import { h } from "./dom.js";
import { dropZone } from "./drop.js";
import { diagramList } from "./list.js";
import { calmly, follow } from "./live.js";
import { pipelinePicture } from "./pipeline.js";

/** The first page: counts, the pipeline with live numbers, a place to drop drawings, the diagrams. */
export function showOverview(page, declared) {
  document.title = "Penstock";
  const counts = h("section", { class: "counts", "aria-label": "counts" });
  const picture = pipelinePicture(declared);
  const list = diagramList(declared);
  const drop = dropZone(declared, () => list.refresh());
  page.append(counts, picture.node, ...(declared.readOnly ? [] : [drop]), list.node);

  const refresh = async () => {
    const [overview, queues, workers] = await Promise.all(
      ["/api/overview", "/api/queues", "/api/v1/workers"].map((path) => api(path).catch(() => null)),
    );
    if (overview) counts.replaceChildren(...countCards(overview));
    const online = workers?.workers.filter((worker) => worker.online).map((worker) => worker.stage);
    picture.update(overview, queues?.queues, online && new Set(online));
  };
  const soon = calmly(refresh);
  const lists = calmly(() => list.refresh());
  const stop = follow("type=diagram.*", () => {
    soon();
    lists();
  });
  refresh();
  const timer = setInterval(refresh, 5000);
  return () => {
    clearInterval(timer);
    stop();
  };
}

function countCards(overview) {
  const { runs, tasks } = overview;
  const card = (value, label, colour) =>
    h(
      "div",
      { class: `card count ${value === 0 || value === "0" ? "zero" : colour}` },
      h("b", null, value),
      h("span", null, label),
    );
  const rate = tasks.perSecond.m1;
  return [
    card(runs.done, "done", "green"),
    card(runs.active, "at work", "yellow"),
    card(runs.waiting, "wait for a person", "cyan"),
    card(runs.failed, "failed", "red"),
    card(overview.deadLetters, "dead letters", "red"),
    card(overview.workersOnline, "workers", ""),
    card(rate >= 10 ? Math.round(rate) : rate.toFixed(rate < 1 && rate > 0 ? 2 : 0), "tasks per second", ""),
    card(tasks.successRate === null ? "–" : `${Math.round(tasks.successRate * 100)} %`, "succeed", ""),
  ];
}
