import { h } from "./dom.js";
import { duration, moment } from "./format.js";

const COLOURS = {
  succeeded: "green",
  skipped: "grey",
  retried: "yellow",
  released: "grey",
  lost: "yellow",
  revoked: "blue",
};

/** A diagram's way through the stages as bars: waiting hatched, each attempt its own bar. */
export function waterfall(story, declared) {
  const stages =
    declared.pipelines.find((each) => each.name === story.pipeline)?.stages.map((stage) => stage.name) ?? [];
  const tasks = [...story.tasks].sort(
    (a, b) => a.generation - b.generation || stages.indexOf(a.stage) - stages.indexOf(b.stage),
  );
  const heading = h("h2", null, "Timeline");
  if (tasks.length === 0)
    return [heading, h("p", { class: "dim" }, story.events.map((event) => event.state).join(" → "))];
  const first = Math.min(...tasks.map((task) => task.created));
  const last = Math.max(
    first + 1,
    ...tasks.flatMap((task) => [task.updated, ...task.executions.map((each) => each.ended ?? Date.now())]),
  );
  const place = (from, to) => ({
    left: `${((from - first) / (last - first)) * 100}%`,
    width: `${(Math.max(0, to - from) / (last - first)) * 100}%`,
  });
  const rows = tasks.map((task) => {
    const bars = [];
    let free = task.created;
    for (const run of task.executions) {
      const begin = run.started ?? run.received ?? free;
      const end = run.ended ?? Date.now();
      if (begin > free)
        bars.push(
          h("i", { class: "wait", style: place(free, begin), title: `waited ${duration(begin - free)}` }),
        );
      const colour = run.outcome === null ? "yellow" : (COLOURS[run.outcome] ?? "red");
      bars.push(
        h("i", {
          class: colour,
          style: place(begin, end),
          title: `attempt ${run.attempt}: ${run.outcome ?? "running"}, ${duration(end - begin)}${run.error ? `, ${run.error.message}` : ""}`,
        }),
      );
      free = end;
    }
    const total = task.runtimeMs ?? (task.started ? Date.now() - task.started : null);
    const name = task.generation ? `${task.stage} (retry ${task.generation})` : task.stage;
    return h(
      "tr",
      { title: `${moment(task.created)}${task.worker ? `, ${task.worker}` : ""}` },
      h("th", { scope: "row" }, name),
      h("td", null, h("div", { class: "track" }, ...bars)),
      h("td", { class: "when" }, duration(total)),
    );
  });
  const legend = h(
    "div",
    { class: "legend" },
    h("span", null, "ran"),
    h("span", { class: "wait" }, "waited"),
    h("span", { class: "retry" }, "retried or running"),
    h("span", { class: "failed" }, "failed"),
  );
  return [
    h(
      "div",
      { class: "row between" },
      heading,
      h("span", { class: "dim" }, `${duration(last - first)} in all`),
    ),
    h("table", { class: "waterfall" }, h("tbody", null, ...rows)),
    legend,
  ];
}
