import { h } from "./dom.js";
import { duration } from "./format.js";

/** The declared pipeline, stage after stage, with what waits, runs and how long it takes. */
export function pipelinePicture(declared) {
  const [pipeline] = declared.pipelines;
  const gates = new Map(
    Object.entries(declared.gates).map(([name, gate]) => [gate.stage, { ...gate, name }]),
  );
  const cards = new Map();
  const flow = h("ol", { class: "flow" });
  for (const stage of pipeline.stages) {
    const figures = h("div", { class: "figures" });
    const warn = h("div", { class: "warn", hidden: true });
    const gate = gates.get(stage.name);
    const node = h(
      "li",
      { class: `stage ${gate ? "gate" : ""}`, title: stage.summary },
      h("div", { class: "name" }, gate ? `${gate.name} gate` : stage.name, h("small", null, stage.queue)),
      figures,
      warn,
    );
    cards.set(stage.name, { node, figures, warn, gate });
    flow.append(node);
  }
  return {
    node: h(
      "section",
      { class: "card" },
      h(
        "div",
        { class: "row between" },
        h("h2", null, "Pipeline"),
        h("span", { class: "dim" }, "waiting · running · p95"),
      ),
      flow,
    ),
    update(overview, queues, staffed) {
      for (const [name, card] of cards) {
        const queue = queues?.find((each) => each.stage === name);
        const stage = overview?.stages.find((each) => each.stage === name);
        const waits = card.gate ? (overview?.runs.byState[card.gate.waiting.split(".")[1]] ?? 0) : 0;
        draw(card, queue, stage, waits, staffed?.has(name) ?? true);
      }
    },
  };
}

function draw({ node, figures, warn, gate }, queue, stage, people, staffed) {
  const waiting = queue?.pending ?? 0;
  const running = queue?.inFlight ?? 0;
  const parts = [];
  if (waiting) parts.push(h("b", null, waiting), " waiting");
  if (running) parts.push(parts.length ? " · " : "", h("b", null, running), " running");
  if (people) parts.push(parts.length ? " · " : "", h("b", null, people), " for a person");
  if (!parts.length) parts.push(stage?.succeeded ? `${stage.succeeded} done` : "idle");
  if (stage?.runP95Ms)
    parts.push(
      h("span", { title: "95 % ran no longer than this in the last hour" }, ` · ${duration(stage.runP95Ms)}`),
    );
  figures.replaceChildren(...parts);
  const noWorkers = !staffed && !queue?.paused;
  warn.hidden = !(queue?.paused || noWorkers);
  warn.textContent = queue?.paused ? "paused" : "no workers";
  const kind =
    noWorkers || queue?.paused
      ? "bad"
      : running
        ? "busy"
        : waiting || people
          ? "waiting"
          : stage?.succeeded
            ? "done"
            : "";
  node.className = `stage ${gate ? "gate" : ""} ${kind}`;
}
