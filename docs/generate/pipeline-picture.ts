import type { Pipeline, Stage } from "#shared/pipeline";

const BOX = { width: 108, height: 62 };
const GAP = 102;
const PER_ROW = 6;
const ROW = 172;
const MARGIN = 24;
/** Room for the upload before the first stage, in px. */
const START = 96;

const COLOURS: Record<string, { fill: string; edge: string }> = {
  gpu: { fill: "#e7defc", edge: "#6d4bc4" },
  default: { fill: "#dcebfb", edge: "#2b6cb0" },
  light: { fill: "#fdf0d2", edge: "#b7791f" },
};
const OTHER = { fill: "#edf2f7", edge: "#4a5568" };

/** The stages of a pipeline in the order its work takes: from the entry, always the stage that takes the last result. */
export function mainLine(pipeline: Pipeline): { stage: Stage; state: string }[] {
  const stages = Object.values(pipeline.stages);
  const line: { stage: Stage; state: string }[] = [];
  let stage = stages.find(({ takes }) => takes.some((type) => pipeline.messages[type]?.anonymous));
  while (stage && !line.some((step) => step.stage === stage)) {
    const here: Stage = stage;
    const onward = (type: string) => stages.find((other) => other !== here && other.takes.includes(type));
    const type = here.gives.find(onward) ?? here.gives.find((given) => pipeline.messages[given]?.final) ?? "";
    line.push({ stage: here, state: pipeline.messages[type]?.state ?? "" });
    stage = onward(type);
  }
  return line;
}

/** The pipeline as an SVG: boxes by queue, gates as hexagons with the state they wait in, states on the arrows. */
export function pipelinePicture(pipeline: Pipeline): string {
  const line = mainLine(pipeline);
  const rows = Math.ceil(line.length / PER_ROW);
  const width = 2 * MARGIN + START + PER_ROW * BOX.width + (PER_ROW - 1) * GAP + 14;
  const height = MARGIN + rows * ROW - 20;
  const at = (index: number) => ({
    x: MARGIN + START + (index % PER_ROW) * (BOX.width + GAP),
    y: MARGIN + 16 + Math.floor(index / PER_ROW) * ROW,
  });
  const parts: string[] = [];
  const first = at(0);
  parts.push(pill(MARGIN, first.y + 16, 66, "upload"), arrow(MARGIN + 66, first.y + 31, first.x, ""));
  for (const [index, { stage, state }] of line.entries()) {
    const { x, y } = at(index);
    parts.push(box(stage, x, y));
    const waits = stage.gives.find((type) => pipeline.messages[type]?.waits);
    if (waits) parts.push(waiting(x, y, pipeline.messages[waits]?.state ?? ""));
    const right = x + BOX.width;
    const middle = y + BOX.height / 2;
    if (index === line.length - 1)
      parts.push(arrow(right, middle, right + 46, ""), pill(right + 46, middle - 15, 88, state));
    else if ((index + 1) % PER_ROW === 0) parts.push(turn(right, middle, at(index + 1), state));
    else parts.push(arrow(right, middle, right + GAP, state));
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" role="img">`,
    `<title>Stages of the ${pipeline.name} pipeline and the states between them</title>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#4a5568"/></marker></defs>',
    `<rect width="${width}" height="${height}" rx="12" fill="#fff"/>`,
    ...parts,
    legend(line, MARGIN, height - 14),
    "</svg>",
    "",
  ].join("\n");
}

const colours = (queue: string) => COLOURS[queue] ?? OTHER;

function text(x: number, y: number, size: number, fill: string, words: string, weight = 400): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="middle">${words}</text>`;
}

function box(stage: Stage, x: number, y: number): string {
  const { fill, edge } = colours(stage.queue);
  const { width, height } = BOX;
  const gate = stage.gives.length > 1 && stage.inline;
  const corner = 14;
  const outline = gate
    ? `<path d="M${x + corner} ${y}H${x + width - corner}L${x + width} ${y + height / 2} ${x + width - corner} ${y + height}H${x + corner}L${x} ${y + height / 2}Z" fill="${fill}" stroke="${edge}"/>`
    : `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${fill}" stroke="${edge}"/>`;
  const centre = x + width / 2;
  const [kind, name] = gate ? stage.name.split(/-(.*)/) : ["", stage.name];
  const lines = gate
    ? [text(centre, y + 22, 11, edge, kind ?? ""), text(centre, y + 39, 14, "#1a202c", name ?? "", 600)]
    : [text(centre, y + 30, 15, "#1a202c", name ?? "", 600)];
  return [outline, ...lines, text(centre, y + 54, 10.5, edge, `${stage.queue} × ${stage.concurrency}`)].join(
    "",
  );
}

function arrow(x1: number, y: number, x2: number, label: string): string {
  const words = label ? text((x1 + x2) / 2 - 2, y - 7, 11, "#4a5568", label) : "";
  return `<path d="M${x1} ${y}H${x2}" stroke="#4a5568" stroke-width="1.5" marker-end="url(#tip)"/>${words}`;
}

/** From the end of a row to the beginning of the next. */
function turn(x: number, y: number, next: { x: number; y: number }, label: string): string {
  const between = next.y - 24;
  const middle = next.y + BOX.height / 2;
  return (
    `<path d="M${x} ${y}h14V${between}H${next.x - 28}V${middle}H${next.x}" fill="none" stroke="#4a5568" stroke-width="1.5" marker-end="url(#tip)"/>` +
    text((x + next.x) / 2, between - 7, 11, "#4a5568", label)
  );
}

function waiting(x: number, y: number, state: string): string {
  const centre = x + BOX.width / 2;
  const top = y + BOX.height;
  return (
    `<path d="M${centre} ${top}v16" stroke="#b7791f" stroke-dasharray="3 3"/>` +
    text(centre, top + 29, 11, "#975a16", state)
  );
}

function pill(x: number, y: number, width: number, words: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="30" rx="15" fill="#e6f4ea" stroke="#2f855a"/>${text(x + width / 2, y + 20, 13, "#22543d", words, 600)}`;
}

function legend(line: { stage: Stage }[], x: number, y: number): string {
  const queues = [...new Set(line.map(({ stage }) => stage.queue))];
  return queues
    .map((queue, index) => {
      const left = x + index * 150;
      const { fill, edge } = colours(queue);
      return `<rect x="${left}" y="${y - 11}" width="14" height="14" rx="3" fill="${fill}" stroke="${edge}"/><text x="${left + 20}" y="${y}" font-size="11.5" fill="#4a5568">queue ${queue}</text>`;
    })
    .join("");
}
