import type { MessageSpec, Pipeline, Stage } from "#shared/pipeline";
import { code, table } from "./markdown.ts";

/** Stages as boxes, gates as hexagons, ways for people dotted; for viewers that draw mermaid. */
export function mermaid(pipeline: Pipeline): string {
  const stages = Object.values(pipeline.stages);
  const lines = ["```mermaid", "flowchart LR"];
  const begins = stages.filter((stage) => stage.takes.some((type) => pipeline.messages[type]?.anonymous));
  for (const stage of begins) lines.push(`  start([${entryOf(pipeline)}]) --> ${id(stage)}`);
  for (const stage of stages) {
    const waits = stage.gives.find((type) => pipeline.messages[type]?.waits);
    const shape = stage.join ? `{${stage.name}}` : waits ? `{{${stage.name}}}` : `[${stage.name}]`;
    lines.push(`  ${id(stage)}${shape}`);
    for (const type of stage.gives) {
      const spec = pipeline.messages[type];
      const takers = stages.filter((other) => other.takes.includes(type) && other !== stage);
      // Parts are drawn thick: there are many of them.
      for (const next of takers)
        lines.push(
          spec?.part
            ? `  ${id(stage)} == ${spec.state} ==> ${id(next)}`
            : `  ${id(stage)} -- ${spec?.state} --> ${id(next)}`,
        );
      if (takers.length > 0) continue;
      if (spec?.waits) lines.push(`  ${id(stage)} -.-> ${spec.state}([${spec.state}])`);
      else if (spec?.final) lines.push(`  ${id(stage)} --> ${spec.state}([${spec.state}])`);
    }
  }
  return `${[...lines, "```"].join("\n")}\n`;
}

/** What begins a run, in a word. */
const entryOf = (pipeline: Pipeline): string => {
  const entry = Object.values<MessageSpec>(pipeline.messages).find(({ anonymous }) => anonymous);
  return entry?.state === "requested" ? "request" : "upload";
};

const id = (stage: Stage): string => stage.name.replaceAll("-", "_");

const seconds = (ms: number): string => (ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`);

export function stageTable(pipeline: Pipeline): string {
  return table(
    ["stage", "takes", "gives", "queue", "slots", "retries", "limits soft / hard", "folder", "what it does"],
    Object.values(pipeline.stages).map((stage) => [
      code(stage.name),
      stage.takes.map(code).join(", "),
      stage.gives.map(code).join(", "),
      stage.queue,
      String(stage.concurrency),
      `${stage.retries}, first after ${seconds(stage.retryDelayMs)}`,
      `${seconds(stage.softLimitMs)} / ${seconds(stage.hardLimitMs)}`,
      `[services/${stage.service}](../services/${stage.service})`,
      stage.summary,
    ]),
  );
}

/** The same, short, for somebody who sees it first. */
export function shortStageTable(pipeline: Pipeline): string {
  return table(
    ["stage", "what it does", "queue", "folder"],
    Object.values(pipeline.stages).map((stage) => [
      stage.name,
      stage.summary,
      stage.queue,
      `[services/${stage.service}](services/${stage.service})`,
    ]),
  );
}

export function messageTable(pipeline: Pipeline): string {
  const stages = Object.values(pipeline.stages);
  return table(
    ["message", "subject", "state of the run", "made by", "taken by", "means"],
    Object.entries<MessageSpec>(pipeline.messages).map(([type, spec]) => {
      const makers = stages.filter((stage) => stage.gives.includes(type));
      const takers = stages.filter((stage) => stage.takes.includes(type));
      const made = [
        ...(spec.anonymous ? ["people"] : []),
        ...makers.map((stage) => code(stage.name)),
        ...(type === pipeline.failed ? ["any stage"] : type === pipeline.revoked ? ["people"] : []),
        ...(spec.timer ? ["the server"] : []),
        ...stages.filter((stage) => stage.lost === type).map((stage) => code(stage.name)),
      ];
      const subject = spec.single ? type : `${type}.<uid>${spec.part ? ".<part>" : ""}`;
      return [
        code(type),
        [...(spec.anonymous ? [code(type)] : []), code(subject)].join(", "),
        spec.part || spec.timer || spec.single ? "as it was" : code(spec.state),
        made.join(", "),
        takers.map((stage) => code(stage.name)).join(", ") ||
          (spec.final ? "_final_" : spec.single ? "_the last one counts_" : "_waits for a person_"),
        spec.summary,
      ];
    }),
  );
}
