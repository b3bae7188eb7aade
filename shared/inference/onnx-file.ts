import { fields } from "./protobuf-fields.ts";

/** What Penstock reads from an ONNX file itself; the Node binding shows none of it. */
export interface OnnxFile {
  irVersion: number;
  producer: string;
  /** `metadata_props`: what the exporter left for users of the model. */
  metadata: Record<string, string>;
}

/** Field numbers of `ModelProto` and `StringStringEntryProto` (onnx.proto3). */
const MODEL = { irVersion: 1, producerName: 2, graph: 7, metadataProps: 14 } as const;
const ENTRY = { key: 1, value: 2 } as const;

/**
 * Reads the top level of an ONNX file (a protobuf `ModelProto`); the graph itself is stepped over.
 * @throws RangeError saying what is wrong, when the bytes are no ONNX model
 */
export function readOnnxFile(bytes: Uint8Array): OnnxFile {
  const file: OnnxFile = { irVersion: 0, producer: "", metadata: {} };
  const text = new TextDecoder();
  let graph = false;
  for (const { field, varint, data } of fields(bytes)) {
    if (field === MODEL.irVersion && varint !== undefined) file.irVersion = varint;
    if (field === MODEL.producerName && data) file.producer = text.decode(data);
    if (field === MODEL.graph && data) graph = true;
    if (field === MODEL.metadataProps && data) {
      const entry = Object.fromEntries([...fields(data)].map((part) => [part.field, text.decode(part.data)]));
      file.metadata[entry[ENTRY.key] ?? ""] = entry[ENTRY.value] ?? "";
    }
  }
  if (!graph || file.irVersion < 1) throw new RangeError("no ONNX model: it holds no graph and version");
  return file;
}
