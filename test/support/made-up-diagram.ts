import { objectArtifacts } from "#shared/artifacts";
import { type Bus, publishMessage } from "#shared/bus";
import type { ArtifactRef, Coco, DiagramEvent, Gate } from "#shared/messages";
import { DIAGRAM_ARTIFACTS, diagramPipeline } from "#shared/pipeline";
import { writeGrey, writeMask } from "#shared/raster";

/**
 * A small diagram whose mistakes follow rules: boxes stand in a grid, and the detector calls everything a gate valve. Large
 * frames are; of small discs every other is a globe valve, the rest nothing at all; in the last place it missed a pump.
 */
export interface MadeUp {
  uid: string;
  columns: number;
  rows: number;
  /** Whether the place holds a small disc, which the detector is wrong about. */
  isSmall(place: number): boolean;
  /** The detector's score for every box. @default 0.9 */
  score?: number;
}

const CELL = 60;
const LINE = 3;
/** Below the grid: the lines. */
const MARGIN = 100;
const NAMES = ["gate_valve", "globe_valve", "pump"];
const PUMP = 2;

type Box = [number, number, number, number];

/** Every third place, beginning at the first but shifted by the uid's last digit: so sheets differ. */
export const someSmall = (uid: string) => (place: number) => (place + Number(uid.at(-1))) % 3 === 0;

/** What the models found and what a person made of it, as the stages and the pages write it. */
export async function madeUpFiles(given: MadeUp): Promise<Record<string, string | Uint8Array>> {
  const { uid, columns, rows, isSmall, score = 0.9 } = given;
  const [width, height] = [columns * CELL, rows * CELL + MARGIN];
  const sheet = { width, height, data: new Uint8Array(width * height).fill(255) };
  const ink = (x: number, y: number) => {
    sheet.data[y * width + x] = 0;
  };
  const boxOf = (place: number): Box => {
    const side = isSmall(place) ? 16 : 40;
    const [x, y] = [(place % columns) * CELL + CELL / 2, Math.floor(place / columns) * CELL + CELL / 2];
    return [x - side / 2, y - side / 2, side, side];
  };
  const places = Array.from({ length: columns * rows }, (_, place) => place);
  for (const place of places) {
    const [x, y, side] = boxOf(place);
    for (let dy = 0; dy < side; dy++)
      for (let dx = 0; dx < side; dx++) {
        const frame = Math.min(dx, dy, side - 1 - dx, side - 1 - dy) < LINE;
        const disc = Math.hypot(dx - side / 2, dy - side / 2) < side / 2;
        if (isSmall(place) ? disc : frame) ink(x + dx, y + dy);
      }
  }
  const y = rows * CELL + 30;
  const middle = width / 2;
  for (let k = 0; k < LINE; k++) {
    for (let x = 20; x < width - 20; x++) ink(x, y + k);
    for (let d = 0; d < 50; d++) ink(middle + k, y + d);
  }

  const coco = (annotations: { id: number; category_id: number; bbox: Box; score?: number }[]): Coco => ({
    images: [{ id: 1, file_name: "sheet.png", width, height }],
    categories: NAMES.map((name, id) => ({ id, name })),
    annotations: annotations.map((each) => ({ image_id: 1, ...each })),
  });
  const missed = places.at(-1)!;
  const claimed = places.filter((place) => place !== missed);
  const truth = (place: number) => (isSmall(place) ? (place % 2 ? 1 : null) : 0);
  const accepted = claimed.flatMap((place) => {
    const category_id = truth(place);
    return category_id === null ? [] : [{ id: place + 1, category_id, bbox: boxOf(place) }];
  });

  const end = (id: string, center: [number, number]) => ({ id, type: "endpoint" as const, center });
  const edge = (id: string, target: string, tip: [number, number]) => ({
    ...{ id, source: "t", target, line: "process", style: "solid", direction: null, widthPx: LINE },
    points: [[middle, y], tip],
  });
  const tips: Record<string, [number, number]> = { a: [20, y], b: [width - 20, y], c: [middle, y + 50] };
  const graph = (names: readonly string[]) => ({
    version: 1,
    sheet: { uid, widthPx: width, heightPx: height },
    nodes: [
      { id: "t", type: "tee", center: [middle, y], score: 0.9 },
      ...Object.entries(tips).map(([name, tip]) => end(name, tip)),
    ],
    edges: names.map((name) => edge(`e${name}`, name, tips[name]!)),
    crossings: [],
  });
  const pipes = {
    width,
    height,
    data: Uint8Array.from(sheet.data, (value, i) => (value || i < width * (y - 5) ? 0 : 1)),
  };
  return {
    "sheet.png": await writeGrey(sheet),
    "detections.json": JSON.stringify(
      coco(claimed.map((place) => ({ id: place + 1, category_id: 0, bbox: boxOf(place), score }))),
    ),
    "annotations.json": JSON.stringify(
      coco([...accepted, { id: missed + 1, category_id: PUMP, bbox: boxOf(missed) }]),
    ),
    "pipe_mask.png": await writeMask(pipes),
    "junctions.json": JSON.stringify({
      version: 1,
      lineWidthPx: LINE,
      junctions: [
        {
          at: [middle, y],
          kind: "tee",
          score: 0.9,
          arms: [
            [-1, 0],
            [1, 0],
            [0, 1],
          ],
          continues: [[0, 1]],
        },
      ],
    }),
    // The person took one of the three lines away.
    "graph.json": JSON.stringify(graph(["a", "b", "c"])),
    "validated_graph.json": JSON.stringify(graph(["a", "b"])),
  };
}

/** Stores files of a diagram and publishes the event that names them. */
export async function storeDiagram(
  bus: Bus,
  uid: string,
  type: string,
  files: Record<string, string | Uint8Array>,
  more: Partial<DiagramEvent> & { approved?: readonly Gate[]; generation?: number } = {},
): Promise<void> {
  const { approved = [], generation = 0, ...change } = more;
  const store = objectArtifacts(bus, () => `made-up/${uid}-g${generation}/`, DIAGRAM_ARTIFACTS);
  const artifacts: Record<string, ArtifactRef> = {};
  for (const [name, bytes] of Object.entries(files)) artifacts[name] = await store.put(name, bytes);
  const approval = { by: "Ada", at: 1_700_000_000_000, corrected: true };
  const approvals = Object.fromEntries(approved.map((gate) => [gate, approval]));
  const body = { uid, artifacts, approvals, ...change };
  await publishMessage(bus, diagramPipeline, { type, id: uid, body, generation });
}

/** A diagram that a person corrected and approved at gates annotation and graph. */
export async function storeValidated(
  bus: Bus,
  made: MadeUp,
  approved: readonly Gate[] = ["annotation", "graph"],
) {
  await storeDiagram(bus, made.uid, "diagram.graph_validated", await madeUpFiles(made), { approved });
}
