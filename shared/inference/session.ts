import type { TensorInfo } from "./check-shape.ts";

/** What models compute with and give: floats, or bytes in steps that the model's card names. */
export type Numbers = Float32Array | Uint8Array;

/** Numbers with a shape, row-major. */
export interface TensorData<D extends Numbers = Float32Array> {
  data: D;
  dims: readonly number[];
}

/** What a run gives. */
export interface Ran extends TensorData<Numbers> {
  /** The input's numbers, for the next run: where the session lies in a thread, the buffer handed in went there and this is it. */
  input: Float32Array;
  /** Time inside ONNX Runtime. */
  ms: number;
}

export interface SessionOptions {
  /** Threads of one run. */
  threads: number;
  /** Execution provider of ONNX Runtime; others than "cpu" need their libraries. */
  provider: string;
}

/** A model file that ONNX Runtime has loaded: its inputs, its first output, and runs of it. */
export interface Session {
  inputs: readonly TensorInfo[];
  output: TensorInfo;
  /** Whether it lies in a thread of its own, and a run leaves this one free. */
  apart: boolean;
  /** @param into the result of an earlier run of the same shape, whose memory is written again instead of new */
  run(input: TensorData, into?: TensorData<Numbers>): Promise<Ran>;
  release(): Promise<void>;
}
