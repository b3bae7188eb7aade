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

interface Field {
  field: number;
  varint?: number;
  data?: Uint8Array;
}

/** Walks the fields of one protobuf message without knowing its schema. */
function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1, i = 0; i < 10; i++, scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined)
        throw new RangeError(`no ONNX model: it stops within a number at byte ${at - 1}`);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new RangeError(`no ONNX model: a number at byte ${at} has no end`);
  };
  while (at < bytes.length) {
    const key = varint();
    const field = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === 0) yield { field, varint: varint() };
    else {
      const length = wire === 2 ? varint() : wire === 1 ? 8 : wire === 5 ? 4 : Number.NaN;
      if (!(field > 0 && at + length <= bytes.length))
        throw new RangeError(
          `no ONNX model: the field at byte ${at} does not fit into its ${bytes.length} bytes`,
        );
      yield { field, data: bytes.subarray(at, at + length) };
      at += length;
    }
  }
}
