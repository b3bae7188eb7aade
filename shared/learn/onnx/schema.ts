import protobuf from "protobufjs";

/** A row-major tensor stored in a model. */
export interface TensorProto {
  dims: number[];
  /** 1 float32, 7 int64. */
  dataType: number;
  name: string;
  rawData?: Uint8Array;
  floatData?: number[];
  int64Data?: number[];
}

/** What an operator is told beside its inputs. */
export interface AttributeProto {
  name: string;
  /** 1 float, 2 int, 3 string, 4 tensor, 6 floats, 7 ints, 8 strings. */
  type: number;
  f?: number;
  i?: number;
  s?: Uint8Array;
  t?: TensorProto;
  floats?: number[];
  ints?: number[];
  strings?: Uint8Array[];
}

/** One operator. */
export interface NodeProto {
  input: string[];
  output: string[];
  name?: string;
  opType: string;
  domain?: string;
  attribute: AttributeProto[];
}

/** Name, type and shape of an input or output. */
export interface ValueInfoProto {
  name: string;
  type: {
    tensorType: { elemType: number; shape: { dim: { dimValue?: number; dimParam?: string }[] } };
  };
}

export interface GraphProto {
  node: NodeProto[];
  name: string;
  initializer: TensorProto[];
  input: ValueInfoProto[];
  output: ValueInfoProto[];
  valueInfo: ValueInfoProto[];
}

/** An ONNX file. */
export interface ModelProto {
  irVersion: number;
  producerName: string;
  producerVersion?: string;
  opsetImport: { domain?: string; version: number }[];
  graph: GraphProto;
  metadataProps: { key: string; value: string }[];
}

const one = (type: string, id: number) => ({ type, id });
const many = (type: string, id: number) => ({ rule: "repeated", type, id });

/** The messages of onnx.proto3 (onnx 1.x) that models for inference are made of, with its field numbers. */
const root = protobuf.Root.fromJSON({
  options: { syntax: "proto3" },
  nested: {
    ModelProto: {
      fields: {
        irVersion: one("int64", 1),
        producerName: one("string", 2),
        producerVersion: one("string", 3),
        domain: one("string", 4),
        modelVersion: one("int64", 5),
        docString: one("string", 6),
        graph: one("GraphProto", 7),
        opsetImport: many("OperatorSetIdProto", 8),
        metadataProps: many("StringStringEntryProto", 14),
      },
    },
    OperatorSetIdProto: { fields: { domain: one("string", 1), version: one("int64", 2) } },
    StringStringEntryProto: { fields: { key: one("string", 1), value: one("string", 2) } },
    GraphProto: {
      fields: {
        node: many("NodeProto", 1),
        name: one("string", 2),
        initializer: many("TensorProto", 5),
        docString: one("string", 10),
        input: many("ValueInfoProto", 11),
        output: many("ValueInfoProto", 12),
        valueInfo: many("ValueInfoProto", 13),
      },
    },
    NodeProto: {
      fields: {
        input: many("string", 1),
        output: many("string", 2),
        name: one("string", 3),
        opType: one("string", 4),
        attribute: many("AttributeProto", 5),
        docString: one("string", 6),
        domain: one("string", 7),
      },
    },
    AttributeProto: {
      fields: {
        name: one("string", 1),
        f: one("float", 2),
        i: one("int64", 3),
        s: one("bytes", 4),
        t: one("TensorProto", 5),
        g: one("GraphProto", 6),
        floats: many("float", 7),
        ints: many("int64", 8),
        strings: many("bytes", 9),
        tensors: many("TensorProto", 10),
        docString: one("string", 13),
        type: one("int32", 20),
      },
    },
    TensorProto: {
      fields: {
        dims: many("int64", 1),
        dataType: one("int32", 2),
        floatData: many("float", 4),
        int32Data: many("int32", 5),
        stringData: many("bytes", 6),
        int64Data: many("int64", 7),
        name: one("string", 8),
        rawData: one("bytes", 9),
        doubleData: many("double", 10),
        docString: one("string", 12),
      },
    },
    ValueInfoProto: {
      fields: { name: one("string", 1), type: one("TypeProto", 2), docString: one("string", 3) },
    },
    TypeProto: { fields: { tensorType: one("TensorType", 1) } },
    TensorType: { fields: { elemType: one("int32", 1), shape: one("TensorShapeProto", 2) } },
    TensorShapeProto: { fields: { dim: many("Dimension", 1) } },
    Dimension: { fields: { dimValue: one("int64", 1), dimParam: one("string", 2) } },
  },
});
const Model = root.lookupType("ModelProto");

/** Writes a model file. */
export const encodeModel = (model: ModelProto): Uint8Array => Model.encode(Model.fromObject(model)).finish();

/** Reads a model file whole. @throws when the bytes are no protobuf */
export const decodeModel = (bytes: Uint8Array): ModelProto =>
  Model.toObject(Model.decode(bytes), { longs: Number, arrays: true, defaults: false }) as ModelProto;
