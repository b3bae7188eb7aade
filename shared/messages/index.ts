export { ArtifactRef } from "./artifact.ts";
export { artifactOf, greySheetOf } from "./artifact-of.ts";
export { Coco, CocoAnnotation } from "./coco.ts";
export {
  carry,
  type DiagramChange,
  DiagramEvent,
  DiagramFailed,
  DiagramRevoked,
  DiagramSplit,
  DiagramUploaded,
  Gate,
  Review,
} from "./diagram.ts";
export {
  Box,
  Graph,
  GraphCrossing,
  GraphEdge,
  GraphNode,
  LineKind,
  LineStyle,
  NodeType,
  Point,
} from "./graph.ts";
export {
  JoinedPart,
  JoinOverdue,
  JoinPlan,
  JoinPolicy,
  JoinResult,
  PartLost,
  PartName,
  PartState,
} from "./join.ts";
export { JunctionList } from "./junction-list.ts";
export { LogLine, logLine, StoredLogLine } from "./log-line.ts";
export { mergeQuality, Quality, type QualityCode, qualityOf } from "./quality.ts";
export {
  DatasetRef,
  Evaluation,
  LEARNED_MODELS,
  MODEL_NAMES,
  ModelName,
  Promotion,
  RetrainCompleted,
  RetrainEvaluated,
  RetrainFailed,
  RetrainJoined,
  RetrainPlanned,
  RetrainPromoted,
  RetrainRequested,
  RetrainRevoked,
  RetrainSkipped,
  RetrainTrain,
  RetrainTrained,
  RetrainTurn,
} from "./retrain.ts";
export {
  BORDER_STYLE,
  PIPE_STYLES,
  PROCESS_STYLE,
  STYLE_CLASSES,
  SYMBOL_STYLE,
  TEXT_STYLE,
} from "./style-mask.ts";
export { TaskError, TaskEvent, TaskEventKind, TaskEvents, WorkerBeat } from "./task-event.ts";
export { UID_MAX, Uid } from "./uid.ts";
