import type { MessageSpec, Pipeline, Stage } from "#shared/pipeline";
import { code, table } from "./markdown.ts";

/** Stages as boxes, gates as hexagons, ways for people dotted; for viewers that draw mermaid. */
export function mermaid(pipeline: Pipeline): string {
  const stages = Object.values(pipeline.stages);
  const lines = ["```mermaid", "flowchart LR"];
  const begins = stages.filter((stage) => stage.takes.some((type) => pipeline.messages[type]?.anonymous));
  for (const stage of begins) lines.push(`  start([upload]) --> ${id(stage)}`);
  for (const stage of stages) {
    const waits = stage.gives.find((type) => pipeline.messages[type]?.waits);
    lines.push(waits ? `  ${id(stage)}{{${stage.name}}}` : `  ${id(stage)}[${stage.name}]`);
    for (const type of stage.gives) {
      const spec = pipeline.messages[type];
      const next = stages.find((other) => other.takes.includes(type) && other !== stage);
      if (next) lines.push(`  ${id(stage)} -- ${spec?.state} --> ${id(next)}`);
      else if (spec?.waits) lines.push(`  ${id(stage)} -.-> ${spec.state}([${spec.state}])`);
      else if (spec?.final) lines.push(`  ${id(stage)} --> ${spec.state}([${spec.state}])`);
    }
  }
  return `${[...lines, "```"].join("\n")}\n`;
}

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
      ];
      return [
        code(type),
        [...(spec.anonymous ? [code(type)] : []), code(`${type}.<uid>`)].join(", "),
        code(spec.state),
        made.join(", "),
        takers.map((stage) => code(stage.name)).join(", ") ||
          (spec.final ? "_final_" : "_waits for a person_"),
        spec.summary,
      ];
    }),
  );
}
