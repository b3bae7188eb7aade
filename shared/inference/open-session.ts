import type { TensorInfo } from "./check-shape.ts";
import type { Numbers, Session, SessionOptions, TensorData } from "./session.ts";

/** Loads a model file into ONNX Runtime on this thread, which every run blocks. @throws Error what is wrong with the file */
export async function openSession(path: string, { threads, provider }: SessionOptions): Promise<Session> {
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const session = await InferenceSession.create(path, {
    executionProviders: provider === "cpu" ? ["cpu"] : [provider, "cpu"],
    intraOpNumThreads: threads,
    logSeverityLevel: 3,
    // Threads that spin while they wait take the core from whoever else works: other executors, and this one's own pixels.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });
  const bare = ({ data, dims }: TensorData<Numbers>) =>
    data instanceof Uint8Array ? new Tensor("uint8", data, dims) : new Tensor("float32", data, dims);
  const inputs = session.inputMetadata as readonly TensorInfo[];
  const output = session.outputMetadata[0] as TensorInfo;
  return {
    inputs,
    output,
    apart: false,
    async run({ data, dims }, into) {
      const feeds = { [inputs[0]!.name]: new Tensor("float32", data, dims) };
      const begun = performance.now();
      const results = await session.run(feeds, into ? { [output.name]: bare(into) } : [output.name]);
      const ms = performance.now() - begun;
      // What is handed back lies elsewhere; the numbers themselves were written where they were asked for.
      if (into) return { ...into, input: data, ms };
      const result = results[output.name]!;
      return { data: result.data as Numbers, dims: result.dims, input: data, ms };
    },
    release: () => session.release(),
  };
}
