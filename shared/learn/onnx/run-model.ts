import type { TensorData } from "#shared/inference";

/** A model in memory, opened for a short while: what a trainer checks before it hands its file out. */
export interface OpenedBytes extends AsyncDisposable {
  run(input: TensorData): Promise<TensorData>;
}

/** Opens a model from bytes on one thread, so that results do not depend on the machine's cores. */
export async function openBytes(onnx: Uint8Array): Promise<OpenedBytes> {
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const [input, output] = [session.inputNames[0]!, session.outputNames[0]!];
  return {
    async run({ data, dims }) {
      const results = await session.run({ [input]: new Tensor("float32", data, dims) }, [output]);
      return { data: results[output]!.data as Float32Array, dims: results[output]!.dims };
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}
