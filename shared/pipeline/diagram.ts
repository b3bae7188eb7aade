import { DiagramEvent, DiagramFailed, DiagramRevoked, DiagramSplit, DiagramUploaded } from "#shared/messages";
import { definePipeline } from "./define-pipeline.ts";

/** THE declaration of the diagram pipeline: which stage takes what and gives what. */
export const diagramPipeline = definePipeline({
  name: "diagram",
  stream: "DIAGRAM",
  failed: "diagram.failed",
  revoked: "diagram.revoked",
  messages: {
    "diagram.uploaded": {
      schema: DiagramUploaded,
      state: "uploaded",
      anonymous: true,
      summary: "a drawing is in the object store",
    },
    "diagram.split": {
      schema: DiagramSplit,
      state: "split",
      final: true,
      summary: "each page is a diagram of its own",
    },
    "diagram.ingested": { schema: DiagramEvent, state: "ingested", summary: "one upright 8-bit sheet" },
    "diagram.detected": { schema: DiagramEvent, state: "detected", summary: "symbols with boxes and scores" },
    "diagram.awaiting_annotation": {
      schema: DiagramEvent,
      state: "awaiting_annotation",
      waits: true,
      summary: "boxes wait for a person",
    },
    "diagram.annotated": { schema: DiagramEvent, state: "annotated", summary: "boxes accepted" },
    "diagram.segmented": { schema: DiagramEvent, state: "segmented", summary: "node and pipe masks" },
    "diagram.skeletonized": { schema: DiagramEvent, state: "skeletonized", summary: "lines one pixel wide" },
    "diagram.awaiting_masks": {
      schema: DiagramEvent,
      state: "awaiting_masks",
      waits: true,
      summary: "the pipe mask waits for a person",
    },
    "diagram.masks_validated": {
      schema: DiagramEvent,
      state: "masks_validated",
      summary: "pipe mask accepted",
    },
    "diagram.thinned": { schema: DiagramEvent, state: "thinned", summary: "skeleton of the accepted mask" },
    "diagram.classified": {
      schema: DiagramEvent,
      state: "classified",
      summary: "junctions and crossings told apart",
    },
    "diagram.built": { schema: DiagramEvent, state: "built", summary: "the graph of the sheet" },
    "diagram.awaiting_graph": {
      schema: DiagramEvent,
      state: "awaiting_graph",
      waits: true,
      summary: "the graph waits for a person",
    },
    "diagram.graph_validated": { schema: DiagramEvent, state: "graph_validated", summary: "graph accepted" },
    "diagram.completed": {
      schema: DiagramEvent,
      state: "completed",
      final: true,
      summary: "exports are stored",
    },
    "diagram.failed": { schema: DiagramFailed, state: "error", final: true, summary: "ended with an error" },
    "diagram.revoked": {
      schema: DiagramRevoked,
      state: "revoked",
      final: true,
      summary: "ended by a person",
    },
  },
  stages: {
    ingest: {
      service: "ingest",
      takes: ["diagram.uploaded"],
      gives: ["diagram.ingested", "diagram.split", "diagram.uploaded"],
      queue: "default",
      summary: "Makes one upright 8-bit page image of whatever was uploaded.",
    },
    detect: {
      service: "detect",
      takes: ["diagram.ingested"],
      gives: ["diagram.detected"],
      queue: "gpu",
      models: ["detector"],
      summary: "Finds symbols with a sliced YOLO detector.",
    },
    "gate-annotation": {
      service: "gates",
      module: "annotation",
      takes: ["diagram.detected"],
      gives: ["diagram.annotated", "diagram.awaiting_annotation"],
      queue: "light",
      inline: true,
      summary: "Accepts the boxes, or lets a person correct them.",
    },
    segment: {
      service: "segment",
      takes: ["diagram.annotated"],
      gives: ["diagram.segmented"],
      queue: "gpu",
      models: ["segmenter"],
      summary: "Labels every pixel: process line, signal line, symbol, text, ground.",
    },
    skeletonize: {
      service: "skeletonize",
      takes: ["diagram.segmented"],
      gives: ["diagram.skeletonized"],
      queue: "default",
      summary: "Thins the pipe mask to one-pixel lines, bridging dashes and symbols.",
    },
    "gate-masks": {
      service: "gates",
      module: "masks",
      takes: ["diagram.skeletonized"],
      gives: ["diagram.masks_validated", "diagram.awaiting_masks"],
      queue: "light",
      inline: true,
      summary: "Accepts the pipe mask, or lets a person correct it.",
    },
    thin: {
      service: "skeletonize",
      module: "thin",
      takes: ["diagram.masks_validated"],
      gives: ["diagram.thinned"],
      queue: "default",
      summary: "Thins a corrected mask; passes the skeleton on when nothing was corrected.",
    },
    classify: {
      service: "junctions",
      takes: ["diagram.thinned"],
      gives: ["diagram.classified"],
      queue: "gpu",
      models: ["classification"],
      summary: "Tells tees, crosses, bridges, plain crossings and bends apart.",
    },
    build: {
      service: "graph",
      takes: ["diagram.classified"],
      gives: ["diagram.built"],
      queue: "default",
      summary: "Builds the graph of symbols and lines.",
    },
    "gate-graph": {
      service: "gates",
      module: "graph",
      takes: ["diagram.built"],
      gives: ["diagram.graph_validated", "diagram.awaiting_graph"],
      queue: "light",
      inline: true,
      summary: "Accepts the graph, or lets a person correct it.",
    },
    export: {
      service: "export",
      takes: ["diagram.graph_validated"],
      gives: ["diagram.completed"],
      queue: "default",
      summary: "Writes FXML, GraphML, DEXPI and an SVG overlay.",
    },
  },
});

/** What each gate waits in, what approving it publishes, and which artifact a person may correct. */
export const GATES = {
  annotation: {
    stage: "gate-annotation",
    waiting: "diagram.awaiting_annotation",
    approved: "diagram.annotated",
    artifact: "annotations.json",
    from: "detections.json",
  },
  masks: {
    stage: "gate-masks",
    waiting: "diagram.awaiting_masks",
    approved: "diagram.masks_validated",
    artifact: "pipe_mask.png",
    from: "pipe_mask.png",
  },
  graph: {
    stage: "gate-graph",
    waiting: "diagram.awaiting_graph",
    approved: "diagram.graph_validated",
    artifact: "validated_graph.json",
    from: "graph.json",
  },
} as const;

/** Artifact names of the diagram pipeline with their content types. */
export const DIAGRAM_ARTIFACTS: Record<string, string> = {
  "sheet.png": "image/png",
  "sheet.json": "application/json",
  "yolo_predicted.txt": "text/plain",
  "detections.json": "application/json",
  "annotations.json": "application/json",
  "node_mask.png": "image/png",
  "pipe_mask.png": "image/png",
  "style_mask.png": "image/png",
  "skeleton.png": "image/png",
  "junction_mask.png": "image/png",
  "bridge_mask.png": "image/png",
  "junctions.json": "application/json",
  "graph.json": "application/json",
  "validated_graph.json": "application/json",
  "output.fxml": "application/xml",
  "graph.graphml": "application/xml",
  "graph.dexpi.xml": "application/xml",
  "overlay.svg": "image/svg+xml",
};

/** Every pipeline of the product. */
export const PIPELINES = [diagramPipeline] as const;
