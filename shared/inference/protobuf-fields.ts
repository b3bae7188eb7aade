/** One field of a protobuf message: a number, or the bytes of anything longer. */
export interface Field {
  field: number;
  varint?: number;
  data?: Uint8Array;
}

/**
 * Walks the fields of one protobuf message without knowing its schema.
 * @throws RangeError naming the byte where the bytes stop being one
 */
export function* fields(bytes: Uint8Array): Generator<Field> {
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
