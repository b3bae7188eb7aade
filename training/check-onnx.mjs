// Runs an ONNX model once on raw little-endian float32 input: node check-onnx.mjs MODEL N,C,H,W IN.f32 OUT.f32
// Called by training to compare onnxruntime, which serves the model, with PyTorch, which made it.
import { readFileSync, writeFileSync } from 'node:fs';
import ort from 'onnxruntime-node';

const [model, shape, given, out] = process.argv.slice(2);
const session = await ort.InferenceSession.create(model);
const bytes = readFileSync(given);
const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const input = new ort.Tensor('float32', values, shape.split(',').map(Number));
const begun = performance.now();
const answer = (await session.run({ [session.inputNames[0]]: input }))[session.outputNames[0]];
const ms = Math.round(performance.now() - begun);
writeFileSync(out, Buffer.from(answer.data.buffer, answer.data.byteOffset, answer.data.byteLength));
console.log(`onnxruntime: ${shape} -> ${answer.dims.join(',')} in ${ms} ms`);
