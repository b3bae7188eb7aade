import { DeliverPolicy } from "@nats-io/jetstream";
import { type ArtifactStore, objectArtifacts } from "#shared/artifacts";
import { type Bus, Header } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { artifactOf, Coco, DiagramEvent, type Gate, Graph } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { readGrey, readMask } from "#shared/raster";
import { frozenFiles } from "../outside/frozen-files.ts";
import type { DatasetSource } from "./build-dataset.ts";
import { describeSheet } from "./describe-sheet.ts";
import { readJunctionList } from "./junction-list.ts";

/** What a record is made of: another version of any of these is another record. */
const READ = [
  "sheet.png",
  "detections.json",
  "annotations.json",
  "junctions.json",
  "graph.json",
  "validated_graph.json",
  "pipe_mask.png",
];

/**
 * Every diagram whose graph was validated and where a person approved at least one gate, oldest first: the last
 * `diagram.graph_validated` of each. Nothing of a diagram is read before it is described.
 */
export async function* validatedDiagrams(
  bus: Bus,
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<DatasetSource> {
  const subject = "diagram.graph_validated.*";
  const consumer = await bus.js.consumers.get(diagramPipeline.stream, {
    deliver_policy: DeliverPolicy.LastPerSubject,
    filter_subjects: subject,
    inactive_threshold: 300_000,
  });
  let left = (await consumer.info()).num_pending;
  const artifacts = objectArtifacts(bus, () => {
    throw new Error("datasets write no artifacts");
  });
  while (left > 0) {
    options.signal?.throwIfAborted();
    const batch = await consumer.fetch({ max_messages: Math.min(left, 50), expires: 5_000 });
    let got = 0;
    for await (const message of batch) {
      got++;
      const type = message.headers?.get(Header.contentType) || undefined;
      const event = DiagramEvent.safeParse(decodeBody(message.data, type));
      const at = message.time.getTime();
      if (event.success && Object.keys(event.data.approvals).length > 0)
        yield source(event.data, at, artifacts);
    }
    if (got === 0) break;
    left -= got;
  }
}

function source(event: DiagramEvent, at: number, artifacts: ArtifactStore): DatasetSource {
  const digests = READ.map((name) => event.artifacts[name]?.digest ?? "");
  return {
    uid: event.uid,
    files: frozenFiles(event.artifacts),
    state: [...digests, ...Object.keys(event.approvals).sort()].join(" "),
    async describe() {
      const read = (name: string) => artifacts.get(artifactOf(event, name));
      const json = async (name: string): Promise<unknown> =>
        JSON.parse(new TextDecoder().decode(await read(name)));
      const { junctions, lineWidthPx } = readJunctionList(await json("junctions.json"));
      const painted = event.approvals.masks?.corrected && event.artifacts["skeleton_source.png"];
      return describeSheet({
        uid: event.uid,
        at,
        validated: Object.keys(event.approvals) as Gate[],
        sheet: await readGrey(await read("sheet.png")),
        detections: Coco.parse(await json("detections.json")),
        annotations: Coco.parse(await json("annotations.json")),
        junctions,
        lineWidthPx,
        graph: Graph.parse(await json("graph.json")),
        validatedGraph: Graph.parse(await json("validated_graph.json")),
        ...(painted && {
          masks: {
            before: await readMask(await read("skeleton_source.png")),
            after: await readMask(await read("pipe_mask.png")),
          },
        }),
      });
    },
  };
}
